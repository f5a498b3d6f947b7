package io.steadfast.spring.steer;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What an operator asks for.
 *
 * @param call the call's name
 * @param action {@code force-open}, {@code force-closed}, {@code reset}, {@code disable}, {@code enable}, {@code change} or
 *     {@code undo}
 * @param policy the kind of policy, as in the properties; {@code null} where the action does not need it
 * @param values the settings to change, by key; for {@code undo} the id of the change, under {@code id}
 * @param time how long it is to last; {@code null} for until it is taken back, or the application ends
 * @param by who asks; {@code null} if nobody knows
 */
public record ChangeRequest(
        String call,
        @Nullable String action,
        @Nullable String policy,
        Map<String, ? extends @Nullable Object> values,
        @Nullable Duration time,
        @Nullable String by) {}
