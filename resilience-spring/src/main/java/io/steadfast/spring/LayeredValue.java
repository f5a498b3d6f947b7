package io.steadfast.spring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.util.ObjectUtils;

/**
 * What one layer (an instance, an annotation, a base, the defaults) says about one key.
 *
 * @param key the key
 * @param name the property or attribute, as messages call it
 * @param origin where it was set
 * @param parts the value under {@code ""}, or the values of a list or map under what follows the key
 */
record LayeredValue(SettingsKey key, String name, String origin, Map<List<String>, Object> parts) {

    private static final List<String> WHOLE = List.of();

    static LayeredValue ofAttribute(SettingsKey key, Object value, String origin) {
        return new LayeredValue(key, key.name(), origin, Map.of(WHOLE, value));
    }

    /** The value of a key that has one. */
    Object single() {
        return parts.getOrDefault(WHOLE, "");
    }

    /** The elements of a list, in order, not yet split at commas. */
    List<Object> elements() {
        Object whole = parts.get(WHOLE);
        if (whole != null) {
            return expand(whole);
        }
        TreeMap<Integer, Object> byIndex = new TreeMap<>();
        parts.forEach((rest, value) -> byIndex.put(Integer.valueOf(rest.get(0)), value));
        return new ArrayList<>(byIndex.values());
    }

    private static List<Object> expand(Object whole) {
        if (whole instanceof Collection<?> several) {
            return new ArrayList<>(several);
        }
        if (whole.getClass().isArray()) {
            return new ArrayList<>(Arrays.asList(ObjectUtils.toObjectArray(whole)));
        }
        return List.of(whole);
    }

    /** The value as messages quote it. */
    private String quoted() {
        Object whole = parts.get(WHOLE);
        if (whole != null) {
            return "'" + (whole.getClass().isArray() ? expand(whole) : whole) + "'";
        }
        return "'" + (key.shape() == SettingsKey.Shape.LIST ? elements() : parts) + "'";
    }

    String describe() {
        return name + " = " + quoted();
    }
}
