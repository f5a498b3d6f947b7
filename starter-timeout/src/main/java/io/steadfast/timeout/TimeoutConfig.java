package io.steadfast.timeout;

import java.time.Duration;

import io.steadfast.core.SettingsCheck;
import org.jspecify.annotations.Nullable;

/**
 * What the {@link TimeoutPolicy}s of one instance go by. Immutable, and valid once it exists: settings that make no sense are
 * refused with an {@link io.steadfast.core.InvalidSettingsException}.
 *
 * @param limit how long one attempt may take; {@code null} for no limit
 * @param total how long all attempts, and the waits before and between them, may take together; not shorter than
 *     {@code limit}; {@code null} for no limit
 * @param separateThread whether the innermost of the limits that are set runs plain methods on a thread of their own, so that
 *     their caller is let go even if they are deaf to interrupts
 */
public record TimeoutConfig(
        @Nullable Duration limit, @Nullable Duration total, boolean separateThread) {

    /**
     * Checks the settings, all of them, before it refuses any.
     *
     * @param limit how long one attempt may take
     * @param total how long all attempts may take
     * @param separateThread whether to use a thread of its own
     */
    public TimeoutConfig {
        new SettingsCheck()
                .that(
                        limit != null || total != null,
                        "are both unset, so nothing would ever time out: set limit for each attempt, total for all of them"
                                + " together, or both",
                        "limit",
                        "total")
                .positive("limit", limit)
                .positive("total", total)
                .that(
                        limit == null || total == null || !isPositive(total) || limit.compareTo(total) <= 0,
                        "contradict each other: one attempt may take " + SettingsCheck.text(limit)
                                + ", but all of them together only " + SettingsCheck.text(total),
                        "limit",
                        "total")
                .refuseIfWrong();
    }

    /**
     * Starts without any limit; at least one has to be set.
     *
     * @return a new builder
     */
    public static TimeoutConfigBuilder builder() {
        return new TimeoutConfigBuilder();
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }
}
