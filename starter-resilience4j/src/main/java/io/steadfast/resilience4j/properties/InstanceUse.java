package io.steadfast.resilience4j.properties;

/**
 * An instance that an annotation asks for.
 *
 * @param policy the kind of policy
 * @param name the name the annotation gives
 * @param configuration the config whose settings it has unless it is configured by its name; empty for one of its own name
 */
public record InstanceUse(ForeignPolicy policy, String name, String configuration) {

    String configName() {
        return configuration.isEmpty() ? name : configuration;
    }
}
