package io.steadfast.resilience4j.properties;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** What is written about one instance, or in one config. Filled by its maker alone. */
final class Level {

    private final String name;

    private final boolean isDefault;

    /** By uniform key: the property, or those of a list's elements in order. */
    private final Map<String, List<ForeignProperty>> settings = new LinkedHashMap<>();

    Level(String name, boolean isDefault) {
        this.name = name;
        this.isDefault = isDefault;
    }

    String name() {
        return name;
    }

    /** Whether it is the config that holds for everybody. */
    boolean isDefault() {
        return isDefault;
    }

    /** Takes a property; of two sources that have the same key, the first keeps it, elements of a list included. */
    void take(String key, ForeignProperty property) {
        List<ForeignProperty> parts = settings.computeIfAbsent(Spelled.uniform(key), any -> new ArrayList<>());
        if (parts.isEmpty() || parts.get(0).rank() == property.rank()) {
            parts.add(property);
        }
    }

    /** The properties of a key; {@code null} if there is none. */
    @Nullable
    List<ForeignProperty> get(String key) {
        return settings.get(Spelled.uniform(key));
    }

    boolean has(String key) {
        return settings.containsKey(Spelled.uniform(key));
    }
}
