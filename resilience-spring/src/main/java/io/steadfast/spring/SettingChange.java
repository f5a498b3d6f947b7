package io.steadfast.spring;

import org.jspecify.annotations.Nullable;

/**
 * A setting that has changed while the application runs.
 *
 * @param policy the policy's section in the properties
 * @param instance the name of the instance
 * @param key the setting, in kebab case
 * @param from what held before, as an operator reads it
 * @param to what holds now
 * @param origin where it is set now
 */
public record SettingChange(
        String policy,
        String instance,
        String key,
        @Nullable Object from,
        @Nullable Object to,
        String origin) {

    /** What was changed. */
    record Key(String policy, String instance, String key) {}

    Key where() {
        return new Key(policy, instance, key);
    }

    /**
     * The change as a log shows it.
     *
     * @return one line
     */
    public String describe() {
        return policy + " '" + instance + "': " + difference();
    }

    /** The change to whoever knows what was changed. */
    String difference() {
        return key + " from " + from + " to " + to + " (" + origin + ")";
    }
}
