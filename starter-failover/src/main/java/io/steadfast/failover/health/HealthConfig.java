package io.steadfast.failover.health;

import java.time.Duration;
import java.util.Objects;

import io.steadfast.core.SettingsCheck;
import org.jspecify.annotations.Nullable;

/**
 * How the instances of a pool are checked apart from calls. Immutable, and valid once it exists: settings that make no sense are refused
 * with an {@link io.steadfast.core.InvalidSettingsException}.
 *
 * <p>The first check of an instance decides by itself, whatever the thresholds are: until then nothing is known of it.
 *
 * @param check how an instance is asked
 * @param interval the time between the end of a check and the next one of the same instance, at least 10 ms; default 10 s
 * @param jitter how much longer each wait may be by chance, as a part of it from 0 to 1, so that the checks of many callers do not
 *     come at once; the first check of an instance waits for up to this part of the interval; default 0.2
 * @param timeout how long a check may take; default 2 s
 * @param healthyThreshold how many checks in a row must pass before an unhealthy instance is healthy; default 2
 * @param unhealthyThreshold how many checks in a row must go unanswered before a healthy instance is unhealthy; one that answers that it
 *     is not well is unhealthy at once; default 3
 * @param edgeInterval the interval while things are changing: from the first check whose outcome differs from the one before it until the
 *     threshold has been reached, and once more after that; not above the interval; default 1 s
 * @param noTrafficInterval the interval while no calls go to the pool, not below the interval; zero for no checks at all then;
 *     {@code null}, the default, for no difference
 */
public record HealthConfig(
        HealthCheck check,
        Duration interval,
        double jitter,
        Duration timeout,
        int healthyThreshold,
        int unhealthyThreshold,
        Duration edgeInterval,
        @Nullable Duration noTrafficInterval) {

    private static final Duration SHORTEST = Duration.ofMillis(10);

    private static final String TOO_SHORT = "must be at least 10ms, so that checks do not become a load of their own";

    private static final Duration LONGEST = Duration.ofDays(1);

    private static final String TOO_LONG =
            "must not be longer than a day; to check nothing, set health.enabled to false";

    /**
     * Checks the settings, all of them, before it refuses any.
     *
     * @param check how an instance is asked
     * @param interval between two checks
     * @param jitter part by which waits may be longer
     * @param timeout how long a check may take
     * @param healthyThreshold passes in a row
     * @param unhealthyThreshold failures in a row
     * @param edgeInterval between two checks while things are changing
     * @param noTrafficInterval between two checks while there are no calls
     */
    public HealthConfig {
        Objects.requireNonNull(check, "check");
        new SettingsCheck()
                .that(!isTooShort(interval), TOO_SHORT, "health.interval")
                .that(!isTooShort(edgeInterval), TOO_SHORT, "health.edge-interval")
                .that(!isTooLong(interval), TOO_LONG, "health.interval")
                .that(!isTooLong(timeout), TOO_LONG, "health.timeout")
                .that(!isTooLong(noTrafficInterval), TOO_LONG, "health.no-traffic-interval")
                .within("health.jitter", jitter, 0, 1)
                .positive("health.timeout", timeout)
                .atLeast("health.healthy-threshold", healthyThreshold, 1)
                .atLeast("health.unhealthy-threshold", unhealthyThreshold, 1)
                .that(
                        edgeInterval.compareTo(interval) <= 0,
                        "contradict each other: checks come every " + SettingsCheck.text(interval)
                                + ", but while things are changing only every " + SettingsCheck.text(edgeInterval),
                        "health.interval",
                        "health.edge-interval")
                .notNegative("health.no-traffic-interval", noTrafficInterval)
                .that(
                        noTrafficInterval == null
                                || noTrafficInterval.isZero()
                                || noTrafficInterval.isNegative()
                                || noTrafficInterval.compareTo(interval) >= 0,
                        "contradict each other: checks come every " + SettingsCheck.text(interval)
                                + ", but more often, every " + SettingsCheck.text(noTrafficInterval)
                                + ", while there are no calls",
                        "health.interval",
                        "health.no-traffic-interval")
                .refuseIfWrong();
    }

    /**
     * Starts from the defaults.
     *
     * @param check how an instance is asked
     * @return a new builder
     */
    public static HealthConfigBuilder builder(HealthCheck check) {
        return new HealthConfigBuilder(check);
    }

    private static boolean isTooShort(Duration time) {
        return time.compareTo(SHORTEST) < 0;
    }

    private static boolean isTooLong(@Nullable Duration duration) {
        return duration != null && duration.compareTo(LONGEST) > 0;
    }
}
