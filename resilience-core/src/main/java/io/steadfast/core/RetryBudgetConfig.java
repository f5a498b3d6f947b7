package io.steadfast.core;

import java.time.Duration;
import java.util.Objects;

/**
 * How many retries a {@link RetryBudget} allows. Settings that make no sense are refused with an
 * {@link InvalidSettingsException}.
 *
 * @param ratio retries that each call earns, 0 to 1000: 0.2 allows one retry per five calls
 * @param reservePerSecond retries allowed per second even without calls, 0 to 1,000,000
 * @param window how far back calls and retries are counted, 1 second to 1 hour
 */
public record RetryBudgetConfig(double ratio, int reservePerSecond, Duration window) {

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private static final Duration LONGEST = Duration.ofHours(1);

    /** Made last, because its check needs the bounds above. */
    private static final RetryBudgetConfig DEFAULTS = new RetryBudgetConfig(0.2, 10, Duration.ofSeconds(10));

    /**
     * Checks the settings, all of them, before it refuses any.
     *
     * @param ratio retries that each call earns
     * @param reservePerSecond retries allowed without calls
     * @param window how far back to count
     */
    public RetryBudgetConfig {
        Objects.requireNonNull(window, "window");
        new SettingsCheck()
                .within("budget.ratio", ratio, 0, 1000)
                .that(
                        reservePerSecond >= 0 && reservePerSecond <= 1_000_000,
                        "must be between 0 and 1000000, but is " + reservePerSecond,
                        "budget.reserve-per-second")
                .that(
                        window.compareTo(SHORTEST) >= 0 && window.compareTo(LONGEST) <= 0,
                        "must be between 1 second and 1 hour, but is " + SettingsCheck.text(window),
                        "budget.window")
                .that(
                        ratio != 0 || reservePerSecond != 0,
                        "are both 0, so nothing would ever be retried; set budget.enabled to false to retry without a "
                                + "budget, or max-attempts to 1 not to retry",
                        "budget.ratio",
                        "budget.reserve-per-second")
                .refuseIfWrong();
    }

    /**
     * One retry per five calls, and 10 retries per second in reserve, over 10 seconds: Finagle's defaults.
     *
     * @return the shared constant
     */
    public static RetryBudgetConfig defaults() {
        return DEFAULTS;
    }
}
