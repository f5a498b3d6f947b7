package io.steadfast.spring;

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
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * One property under {@code resilience.}.
 *
 * @param name the whole name, as written
 * @param path its elements after {@code resilience}, as written, without brackets
 * @param value the value before placeholders are resolved
 * @param origin where it was set
 * @param rank its source's place, 0 wins over 1
 * @param fromVariable whether it is an environment variable, which has lost dashes, dots and capitals
 */
record ConfiguredProperty(String name, List<String> path, Object value, String origin, int rank, boolean fromVariable) {

    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("resilience");

    /** All of them, the winning sources first. */
    static List<ConfiguredProperty> readAll(ConfigurableEnvironment environment) {
        List<ConfiguredProperty> found = new ArrayList<>();
        int rank = 0;
        for (ConfigurationPropertySource source : ConfigurationPropertySources.from(environment.getPropertySources())) {
            if (source instanceof IterableConfigurationPropertySource listed) {
                addAll(listed, rank++, found);
            }
        }
        return found;
    }

    private static void addAll(IterableConfigurationPropertySource source, int rank, List<ConfiguredProperty> found) {
        boolean variables = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
        for (ConfigurationPropertyName name : source) {
            if (!ROOT.isAncestorOf(name)) {
                continue;
            }
            ConfigurationProperty property = source.getConfigurationProperty(name);
            if (property != null && property.getValue() != null) {
                found.add(new ConfiguredProperty(
                        written(elements(name)),
                        elements(name),
                        property.getValue(),
                        origin(property.getOrigin(), source),
                        rank,
                        variables));
            }
        }
    }

    /** The name with the capitals it was given, which Boot's own text has lost. */
    private static String written(List<String> path) {
        StringBuilder written = new StringBuilder("resilience");
        for (String element : path) {
            boolean bracketed = element.contains(".") || element.chars().allMatch(Character::isDigit);
            written.append(bracketed ? "[" + element + "]" : "." + element);
        }
        return written.toString();
    }

    private static List<String> elements(ConfigurationPropertyName name) {
        List<String> elements = new ArrayList<>();
        for (int i = 1; i < name.getNumberOfElements(); i++) {
            elements.add(name.getElement(i, Form.ORIGINAL));
        }
        return List.copyOf(elements);
    }

    private static String origin(@Nullable Origin origin, ConfigurationPropertySource source) {
        if (origin != null) {
            return origin.toString();
        }
        Object underlying = source.getUnderlyingSource();
        return underlying instanceof PropertySource<?> named ? named.getName() : String.valueOf(underlying);
    }

    /** The name without its last elements, such as the index of a list. */
    String nameWithout(List<String> rest) {
        return written(path.subList(0, path.size() - rest.size()));
    }

    /** Whether nothing is written after the key, as in {@code inventory:}. */
    boolean isEmpty() {
        return value.toString().isBlank();
    }
}
