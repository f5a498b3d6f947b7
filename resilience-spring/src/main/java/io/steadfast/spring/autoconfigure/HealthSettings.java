package io.steadfast.spring.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.steadfast.spring.health.HealthNames.Named;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;

/** What the properties say about the health of calls. */
final class HealthSettings {

    static final String STATUS_OF = "resilience.health.status-of";

    static final String READINESS = "resilience.health.readiness";

    private static final String LIVENESS = "management.endpoint.health.group.liveness.include";

    private final Environment environment;

    HealthSettings(Environment environment) {
        this.environment = environment;
    }

    Set<String> statusOf() {
        return names(STATUS_OF);
    }

    Set<String> readiness() {
        return names(READINESS);
    }

    Set<String> inLiveness() {
        return names(LIVENESS);
    }

    /** All calls named, with where. */
    List<Named> named() {
        List<Named> named = new ArrayList<>();
        for (String property : List.of(STATUS_OF, READINESS)) {
            names(property).forEach(name -> named.add(new Named(name, property, origin(property))));
        }
        return named;
    }

    private Set<String> names(String property) {
        return new LinkedHashSet<>(Binder.get(environment)
                .bind(property, Bindable.listOf(String.class))
                .orElse(List.of()));
    }

    /** Where a list begins. */
    String origin(String property) {
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            ConfigurationProperty first = Stream.of(property, property + "[0]")
                    .map(ConfigurationPropertyName::of)
                    .map(source::getConfigurationProperty)
                    .filter(found -> found != null)
                    .findFirst()
                    .orElse(null);
            if (first != null) {
                return first.getOrigin() == null ? property : first.getOrigin().toString();
            }
        }
        return property;
    }
}
