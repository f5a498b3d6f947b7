package io.steadfast.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.steadfast.core.InvalidSettingsException.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is wrong with a policy's settings and refuses them in one go.
 *
 * <pre>{@code
 * new SettingsCheck()
 *         .atLeast("max-attempts", maxAttempts, 1)
 *         .notNegative("wait-duration", waitDuration)
 *         .refuseIfWrong();
 * }</pre>
 */
public final class SettingsCheck {

    private final List<Problem> problems = new ArrayList<>();

    /** A check that has found nothing yet. */
    public SettingsCheck() {}

    /**
     * Requires a condition.
     *
     * @param fine the condition
     * @param reason what is wrong if it does not hold, in words that follow the keys
     * @param keys the settings concerned, spelled as in the properties
     * @return this check
     */
    public SettingsCheck that(boolean fine, String reason, String... keys) {
        if (!fine) {
            problems.add(new Problem(List.of(keys), reason));
        }
        return this;
    }

    /**
     * Requires a number to be large enough.
     *
     * @param key the setting
     * @param value its value
     * @param least the smallest value allowed
     * @return this check
     */
    public SettingsCheck atLeast(String key, long value, long least) {
        return that(value >= least, "must be at least " + least + ", but is " + value, key);
    }

    /**
     * Requires a number to lie in a range, bounds included. {@code NaN} lies in none.
     *
     * @param key the setting
     * @param value its value
     * @param least the smallest value allowed
     * @param most the largest value allowed
     * @return this check
     */
    public SettingsCheck within(String key, double value, double least, double most) {
        return that(
                value >= least && value <= most,
                "must be between " + least + " and " + most + ", but is " + value,
                key);
    }

    /**
     * Requires a duration not to be negative.
     *
     * @param key the setting
     * @param value its value, {@code null} for unset
     * @return this check
     */
    public SettingsCheck notNegative(String key, @Nullable Duration value) {
        return that(value == null || !value.isNegative(), "must not be negative, but is " + text(value), key);
    }

    /**
     * Requires a duration to be longer than zero.
     *
     * @param key the setting
     * @param value its value, {@code null} for unset
     * @return this check
     */
    public SettingsCheck positive(String key, @Nullable Duration value) {
        return that(
                value == null || (!value.isNegative() && !value.isZero()),
                "must be longer than zero, but is " + text(value),
                key);
    }

    /**
     * A duration as one writes it in a property, for the reasons of checks.
     *
     * @param duration the duration, {@code null} for unset
     * @return for example {@code 500ms} or {@code 2s}
     */
    public static String text(@Nullable Duration duration) {
        return duration == null ? "unset" : Durations.notation(duration);
    }

    /**
     * Ends the check.
     *
     * @throws InvalidSettingsException if anything was wrong
     */
    public void refuseIfWrong() {
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }
}
