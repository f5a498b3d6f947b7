package io.steadfast.bulkhead;

import java.time.Duration;
import java.util.Objects;

import io.steadfast.core.SettingsCheck;
import org.jspecify.annotations.Nullable;

/**
 * How the limit of a bulkhead follows latency. Immutable; checked as part of a {@link BulkheadConfig}.
 *
 * @param algorithm how; default {@link AdaptiveAlgorithm#GRADIENT}
 * @param initialLimit the limit to begin with; {@code null}, the default, for {@link BulkheadConfig#maxConcurrentCalls()}
 * @param minLimit the limit never falls below this; {@code null}, the default, for 5, or the initial limit if that is less
 * @param maxLimit the limit never rises above this; {@code null}, the default, for 200, or the initial limit if that is more
 * @param window how long calls are measured before the limit is adjusted, at least 10 ms and at most 1 minute; default 1 s.
 *     A window lasts longer if fewer than 10 calls, or less than two mean call durations, fall into it
 */
public record AdaptiveLimitConfig(
        AdaptiveAlgorithm algorithm,
        @Nullable Integer initialLimit,
        @Nullable Integer minLimit,
        @Nullable Integer maxLimit,
        Duration window) {

    private static final int DEFAULT_MIN = 5;

    private static final int DEFAULT_MAX = 200;

    private static final Duration SHORTEST_WINDOW = Duration.ofMillis(10);

    private static final Duration LONGEST_WINDOW = Duration.ofMinutes(1);

    /**
     * Refuses {@code null} where it means nothing.
     *
     * @param algorithm how
     * @param initialLimit the limit to begin with
     * @param minLimit the lowest limit
     * @param maxLimit the highest limit
     * @param window how long calls are measured
     */
    public AdaptiveLimitConfig {
        Objects.requireNonNull(algorithm, "algorithm");
        Objects.requireNonNull(window, "window");
    }

    /**
     * The defaults of an algorithm.
     *
     * @param algorithm how the limit follows latency
     * @return limits that depend on the bulkhead's, and windows of a second
     */
    public static AdaptiveLimitConfig of(AdaptiveAlgorithm algorithm) {
        return new AdaptiveLimitConfig(algorithm, null, null, null, Duration.ofSeconds(1));
    }

    /**
     * The same with other limits.
     *
     * @param initial the limit to begin with
     * @param min the lowest limit
     * @param max the highest limit
     * @return a copy
     */
    public AdaptiveLimitConfig withLimits(int initial, int min, int max) {
        return new AdaptiveLimitConfig(algorithm, initial, min, max, window);
    }

    /**
     * The same with another window.
     *
     * @param length how long calls are measured
     * @return a copy
     */
    public AdaptiveLimitConfig withWindow(Duration length) {
        return new AdaptiveLimitConfig(algorithm, initialLimit, minLimit, maxLimit, length);
    }

    int initialLimit(int maxConcurrentCalls) {
        return initialLimit == null ? maxConcurrentCalls : initialLimit;
    }

    int lowest(int initial) {
        return minLimit == null ? Math.min(DEFAULT_MIN, initial) : minLimit;
    }

    int highest(int initial) {
        return maxLimit == null ? Math.max(DEFAULT_MAX, initial) : maxLimit;
    }

    void check(SettingsCheck check, int maxConcurrentCalls) {
        int initial = initialLimit(maxConcurrentCalls);
        String initialKey = initialLimit == null ? "max-concurrent-calls" : "adaptive.initial-limit";
        if (initialLimit != null) {
            BulkheadConfig.inRange(check, initialKey, initial);
        }
        int min = lowest(initial);
        int max = highest(initial);
        if (minLimit != null) {
            BulkheadConfig.inRange(check, "adaptive.min-limit", min);
        }
        if (maxLimit != null) {
            BulkheadConfig.inRange(check, "adaptive.max-limit", max);
        }
        if (minLimit != null && maxLimit != null && min > max) {
            check.that(
                    false,
                    "contradict each other: the floor of " + min + " is above the ceiling of " + max,
                    "adaptive.min-limit",
                    "adaptive.max-limit");
        } else {
            check.that(
                            initial >= min,
                            "contradict each other: the limit begins at " + initial + ", below its floor of " + min,
                            initialKey,
                            "adaptive.min-limit")
                    .that(
                            initial <= max,
                            "contradict each other: the limit begins at " + initial + ", above its ceiling of " + max,
                            initialKey,
                            "adaptive.max-limit");
        }
        check.that(
                window.compareTo(SHORTEST_WINDOW) >= 0 && window.compareTo(LONGEST_WINDOW) <= 0,
                "must be between 10ms and 1m, but is " + SettingsCheck.text(window),
                "adaptive.window");
    }
}
