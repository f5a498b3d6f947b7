package io.steadfast.spring;

import java.util.List;
import java.util.Optional;

/**
 * The settings in force around one method of a call, for a {@link CallRule}. Policies that are switched off, or that could not be
 * made, are not there.
 */
public final class GuardedCallSettings {

    private final String name;

    private final String method;

    private final List<String> places;

    private final List<MethodPolicy> policies;

    GuardedCallSettings(String name, String method, List<String> places, List<MethodPolicy> policies) {
        this.name = name;
        this.method = method;
        this.places = List.copyOf(places);
        this.policies = List.copyOf(policies);
    }

    /**
     * The call.
     *
     * @return its name
     */
    public String name() {
        return name;
    }

    /**
     * The method.
     *
     * @return for example {@code Inventory.find(String)}
     */
    public String method() {
        return method;
    }

    /**
     * The policies around the method.
     *
     * @return their places in the order, as in {@code resilience.order}, outermost first
     */
    public List<String> places() {
        return places;
    }

    /**
     * One setting.
     *
     * @param policy the policy's section in the properties, for example {@code timeout}
     * @param key the key in kebab case
     * @param type what the policy's JavaBean has under the key; for a primitive, the class that wraps it
     * @param <T> the same
     * @return the setting; empty if the call has no such policy, the policy no such key of that type, or the key no value
     */
    public <T> Optional<Setting<T>> find(String policy, String key, Class<T> type) {
        for (MethodPolicy candidate : policies) {
            if (candidate.section().equals(policy)) {
                EffectiveSettings<?> settings = candidate.settings().get();
                EffectiveValue shown = settings.values().get(key);
                Object value = settings.typed(key);
                return shown == null || !type.isInstance(value)
                        ? Optional.empty()
                        : Optional.of(new Setting<>(policy, key, type.cast(value), shown));
            }
        }
        return Optional.empty();
    }

    /**
     * A setting in force.
     *
     * @param policy the policy's section in the properties
     * @param key the key in kebab case
     * @param value the value as the policy gets it
     * @param shown the value as an operator reads it, and where it was set
     * @param <T> the value
     */
    public record Setting<T>(String policy, String key, T value, EffectiveValue shown) {

        /**
         * Whether somebody chose the value: in a property or on an annotation.
         *
         * @return {@code false} for what is built in, and for the standard set of {@link Resilient @Resilient}
         */
        public boolean isChosen() {
            return shown.isChosen();
        }

        /**
         * The setting as messages name it.
         *
         * @return for example {@code timeout total = 2s}
         */
        public String describe() {
            return policy + " " + key + " = " + shown.value();
        }
    }
}
