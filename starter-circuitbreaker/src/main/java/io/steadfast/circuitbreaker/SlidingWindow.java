package io.steadfast.circuitbreaker;

import java.util.Objects;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.steadfast.core.SettingsCheck;

/**
 * Which calls a closed breaker looks back at.
 *
 * @param type by time or by number of calls; default time
 * @param size seconds, or calls; default 10
 * @param minimumNumberOfCalls how many calls must be there before the rates mean anything; default 20
 * @param strategy resilience4j's choice between a lock and garbage per call; both mean the same here, as calls share the
 *     window without either
 */
public record SlidingWindow(
        SlidingWindowType type, int size, int minimumNumberOfCalls, SlidingWindowSynchronizationStrategy strategy) {

    /** A window by calls keeps one entry per call, all allocated at once. */
    private static final int LARGEST = 1_000_000;

    /**
     * Refuses {@code null}.
     *
     * @param type time or number of calls
     * @param size seconds, or calls
     * @param minimumNumberOfCalls the calls needed to judge
     * @param strategy accepted, and without effect
     */
    public SlidingWindow {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(strategy, "strategy");
    }

    /** The last rule is resilience4j's, whose registry shows these settings. */
    void check(SettingsCheck check) {
        boolean byTime = type == SlidingWindowType.TIME_BASED;
        check.that(
                        size >= 1 && size <= LARGEST,
                        "must be between 1 and " + LARGEST + (byTime ? " seconds" : " calls") + ", but is " + size,
                        "sliding-window-size")
                .atLeast("minimum-number-of-calls", minimumNumberOfCalls, 1)
                .that(
                        byTime || minimumNumberOfCalls <= size,
                        "contradict each other: a window of " + size + " calls never holds the " + minimumNumberOfCalls
                                + " calls that the breaker needs to judge, so it would never open",
                        "sliding-window-size",
                        "minimum-number-of-calls")
                .that(
                        !byTime || size >= 2 || strategy != SlidingWindowSynchronizationStrategy.LOCK_FREE,
                        "contradict each other: a lock-free window by time needs at least 2 seconds",
                        "sliding-window-size",
                        "sliding-window-synchronization-strategy");
    }
}
