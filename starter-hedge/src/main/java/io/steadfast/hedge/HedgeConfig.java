package io.steadfast.hedge;

import java.time.Duration;
import java.util.Objects;

import io.steadfast.core.SettingsCheck;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link HedgePolicy} goes by. Immutable, and valid once it exists: settings that make no sense are refused with an
 * {@link io.steadfast.core.InvalidSettingsException}.
 *
 * @param delay how long an attempt runs before another one may begin beside it, zero for at once; {@code null} for as long as all but
 *     the share {@code extraLoad} of calls take
 * @param extraLoad the share of calls that may be made twice, above 0, at most 1
 * @param maxExtra attempts beside the first of one call, 1 to 10
 * @param minimumCalls calls to be measured before the delay is known, at least 1; of no meaning with a fixed delay
 * @param window how far back calls count, for the delay and for the share, 1 second to 1 hour
 * @param throttledPause for how long nothing is hedged after the target has asked to slow down without saying for how long; not negative
 */
public record HedgeConfig(
        @Nullable Duration delay,
        double extraLoad,
        int maxExtra,
        int minimumCalls,
        Duration window,
        Duration throttledPause) {

    private static final int MOST_EXTRA = 10;

    private static final Duration SHORTEST_WINDOW = Duration.ofSeconds(1);

    private static final Duration LONGEST_WINDOW = Duration.ofHours(1);

    /**
     * Checks the settings, all of them, before it refuses any.
     *
     * @param delay how long an attempt runs alone
     * @param extraLoad the share of calls that may be made twice
     * @param maxExtra attempts beside the first
     * @param minimumCalls calls to be measured first
     * @param window how far back calls count
     * @param throttledPause how long to pause when throttled
     */
    public HedgeConfig {
        Objects.requireNonNull(window, "window");
        Objects.requireNonNull(throttledPause, "throttledPause");
        new SettingsCheck()
                .notNegative("delay", delay)
                .that(
                        extraLoad > 0 && extraLoad <= 1,
                        "must be above 0 and at most 1, but is " + extraLoad
                                + "; it is a share of all calls, 0.05 for one in twenty",
                        "extra-load")
                .that(
                        maxExtra >= 1 && maxExtra <= MOST_EXTRA,
                        "must be between 1 and " + MOST_EXTRA + ", but is " + maxExtra
                                + "; set enabled to false to hedge nothing",
                        "max-extra")
                .atLeast("minimum-calls", minimumCalls, 1)
                .that(
                        window.compareTo(SHORTEST_WINDOW) >= 0 && window.compareTo(LONGEST_WINDOW) <= 0,
                        "must be between 1 second and 1 hour, but is " + SettingsCheck.text(window),
                        "window")
                .notNegative("throttled-pause", throttledPause)
                .refuseIfWrong();
    }

    /**
     * Starts with the built-in values.
     *
     * @return a new builder
     */
    public static HedgeConfigBuilder builder() {
        return new HedgeConfigBuilder();
    }

    /**
     * The built-in values: after the delay that 95 % of calls stay below, once in twenty calls at most.
     *
     * @return a configuration
     */
    public static HedgeConfig defaults() {
        return builder().build();
    }
}
