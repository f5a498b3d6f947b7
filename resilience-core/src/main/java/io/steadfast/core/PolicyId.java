package io.steadfast.core;

import java.util.Objects;

/**
 * Which policy this is: its kind and the name of the instance. Meters, events and the actuator endpoint take their tags
 * from here and from nowhere else.
 *
 * @param policy the kind, spelled as in the properties, for example {@code circuit-breaker}
 * @param instance the instance's name, for example {@code inventory}
 */
public record PolicyId(String policy, String instance) {

    /**
     * Refuses {@code null} and blank parts.
     *
     * @param policy the kind, spelled as in the properties, for example {@code circuit-breaker}
     * @param instance the instance's name, for example {@code inventory}
     */
    public PolicyId {
        requireText(policy, "policy");
        requireText(instance, "instance");
    }

    private static void requireText(String text, String what) {
        if (Objects.requireNonNull(text, what).isBlank()) {
            throw new IllegalArgumentException("The " + what + " of a policy id must not be blank");
        }
    }

    @Override
    public String toString() {
        return policy + " '" + instance + "'";
    }
}
