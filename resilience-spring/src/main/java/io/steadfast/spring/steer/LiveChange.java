package io.steadfast.spring.steer;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A change that an operator has made while the application runs.
 *
 * @param id by which it is taken back, for example {@code c7}; one of its own for each change of an application context
 * @param call the call it was made for; others that share the policy feel it too
 * @param policy the kind of policy, as in the properties
 * @param instance the policy's name
 * @param action as in the request, for example {@code force-open}
 * @param values the settings it sets, by key
 * @param before what they were before it, {@code null} for those that had no value
 * @param by who made it; empty, which JSON shows as {@code null}, if nobody knows
 * @param at when
 * @param until when it ends by itself; empty, which JSON shows as {@code null}, if it does not
 */
public record LiveChange(
        String id,
        String call,
        String policy,
        String instance,
        String action,
        Map<String, @Nullable Object> values,
        Map<String, @Nullable Object> before,
        Optional<String> by,
        Instant at,
        Optional<Instant> until) {

    /**
     * Copies the maps.
     *
     * @param id its id
     * @param call the call
     * @param policy the kind of policy
     * @param instance the policy's name
     * @param action what was done
     * @param values the settings
     * @param before what they were
     * @param by who
     * @param at when
     * @param until when it ends
     */
    public LiveChange {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        before = Collections.unmodifiableMap(new LinkedHashMap<>(before));
    }
}
