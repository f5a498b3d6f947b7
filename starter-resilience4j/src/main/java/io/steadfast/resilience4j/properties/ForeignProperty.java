package io.steadfast.resilience4j.properties;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.PropertySource;

/**
 * One property under {@code resilience4j.}.
 *
 * @param path its elements after {@code resilience4j}, as written
 * @param value the value before placeholders are resolved
 * @param origin where it was set
 * @param rank its source's place, 0 wins over 1
 */
record ForeignProperty(List<String> path, Object value, Origin origin, int rank) {

    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("resilience4j");

    /** All of them, the winning sources first. */
    static List<ForeignProperty> readAll(Iterable<PropertySource<?>> sources) {
        List<ForeignProperty> found = new ArrayList<>();
        int rank = 0;
        for (ConfigurationPropertySource source : ConfigurationPropertySources.from(sources)) {
            if (source instanceof IterableConfigurationPropertySource listed) {
                for (ConfigurationPropertyName name : listed) {
                    if (ROOT.isAncestorOf(name)) {
                        add(listed.getConfigurationProperty(name), name, rank, listed, found);
                    }
                }
                rank++;
            }
        }
        return found;
    }

    private static void add(
            @Nullable ConfigurationProperty property,
            ConfigurationPropertyName name,
            int rank,
            ConfigurationPropertySource source,
            List<ForeignProperty> found) {
        if (property == null || property.getValue() == null) {
            return;
        }
        List<String> path = new ArrayList<>();
        for (int i = 1; i < name.getNumberOfElements(); i++) {
            path.add(name.getElement(i, Form.ORIGINAL));
        }
        Origin origin = property.getOrigin();
        found.add(new ForeignProperty(
                List.copyOf(path), property.getValue(), origin == null ? new SourceOrigin(source) : origin, rank));
    }

    /** As the application wrote it. */
    String name() {
        return "resilience4j." + String.join(".", path);
    }

    String place() {
        return name() + ", " + origin;
    }

    /** The origin of a value whose source knows no better. */
    private record SourceOrigin(ConfigurationPropertySource source) implements Origin {

        @Override
        public String toString() {
            Object underlying = source.getUnderlyingSource();
            return underlying instanceof PropertySource<?> named ? named.getName() : String.valueOf(underlying);
        }
    }
}
