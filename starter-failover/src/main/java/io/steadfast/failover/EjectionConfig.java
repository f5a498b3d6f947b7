package io.steadfast.failover;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;

import io.steadfast.core.Gate;
import io.steadfast.core.Instance;
import io.steadfast.core.SettingsCheck;
import org.jspecify.annotations.Nullable;

/**
 * When an instance that fails is set aside, and for how long. The rules are those of Envoy's outlier detection and gRPC's (A50), with
 * a larger share that may be set aside, and comparisons that hold in pools of two to five. Immutable; settings that make no sense are
 * refused with an {@link io.steadfast.core.InvalidSettingsException}.
 *
 * @param consecutiveFailures failures in a row that suffice, 0 to 1000; default 5, 0 for no such rule
 * @param successRateDeviation by how many standard deviations an instance's success rate may be below that of the others, 0 to 100;
 *     default 1.9, 0 for no such rule
 * @param failurePercentage percent of failures in an interval that suffice, 0 to 100; default 0, for no such rule
 * @param minimumCalls calls an instance must have served in the interval before its rates are looked at, 1 to 1 000 000; default 20
 * @param interval how often rates are looked at, 100 ms to 1 h; default 10 s
 * @param baseTime for how long an instance is set aside the first time, and how much longer each time in a row, 1 ms to 1 h; default
 *     30 s
 * @param maxTime for how long at most, not less than {@code baseTime}, up to 1 day; default 300 s
 * @param maxEjectedPercent how much of the pool may be set aside at a time, 1 to 100; default 50. One instance of two or more always
 *     may be, the last one never
 * @param instanceGate makes a gate for each instance that is asked before the instance is used, for example a circuit breaker: if it
 *     refuses, the next instance is chosen. Its permit is settled with the attempt. {@code null}, the default, for none
 */
public record EjectionConfig(
        int consecutiveFailures,
        double successRateDeviation,
        int failurePercentage,
        int minimumCalls,
        Duration interval,
        Duration baseTime,
        Duration maxTime,
        int maxEjectedPercent,
        @Nullable Function<? super Instance, ? extends Gate> instanceGate) {

    private static final EjectionConfig DEFAULTS = new EjectionConfigBuilder().build();

    /**
     * Checks the settings, all of them, before it refuses any.
     *
     * @param consecutiveFailures failures in a row that suffice
     * @param successRateDeviation standard deviations below the others
     * @param failurePercentage percent of failures that suffice
     * @param minimumCalls calls in the interval before rates are looked at
     * @param interval how often rates are looked at
     * @param baseTime for how long the first time
     * @param maxTime for how long at most
     * @param maxEjectedPercent how much of the pool at a time
     * @param instanceGate makes a gate for each instance
     */
    public EjectionConfig {
        Objects.requireNonNull(interval, "interval");
        Objects.requireNonNull(baseTime, "baseTime");
        Objects.requireNonNull(maxTime, "maxTime");
        SettingsCheck check = new SettingsCheck()
                .within("ejection.consecutive-failures", consecutiveFailures, 0, 1000)
                .within("ejection.success-rate-deviation", successRateDeviation, 0, 100)
                .within("ejection.failure-percentage", failurePercentage, 0, 100)
                .within("ejection.minimum-calls", minimumCalls, 1, 1_000_000)
                .within("ejection.max-ejected-percent", maxEjectedPercent, 1, 100)
                .that(
                        maxTime.compareTo(baseTime) >= 0,
                        "contradict each other: the longest time, " + SettingsCheck.text(maxTime)
                                + ", is shorter than the first, " + SettingsCheck.text(baseTime),
                        "ejection.max-time",
                        "ejection.base-time");
        FailoverConfig.within(check, "ejection.interval", interval, Duration.ofMillis(100), Duration.ofHours(1));
        FailoverConfig.within(check, "ejection.base-time", baseTime, Duration.ofMillis(1), Duration.ofHours(1));
        FailoverConfig.within(check, "ejection.max-time", maxTime, Duration.ofMillis(1), Duration.ofDays(1));
        check.refuseIfWrong();
    }

    /**
     * Five failures in a row, or a success rate 1.9 standard deviations below the others'; 30 s, growing to 300 s.
     *
     * @return the shared constant
     */
    public static EjectionConfig defaults() {
        return DEFAULTS;
    }

    /**
     * Starts from the defaults.
     *
     * @return a new builder
     */
    public static EjectionConfigBuilder builder() {
        return new EjectionConfigBuilder();
    }

    /** How many of a pool may be set aside at a time. */
    int mostEjected(int poolSize) {
        int share = (int) ((long) poolSize * maxEjectedPercent / 100);
        return Math.min(Math.max(1, share), poolSize - 1);
    }

    /** For how long an instance is set aside the n-th time in a row. */
    long nanosFor(int timesInARow) {
        long base = baseTime.toNanos();
        long most = maxTime.toNanos();
        return timesInARow >= most / base ? most : base * timesInARow;
    }
}
