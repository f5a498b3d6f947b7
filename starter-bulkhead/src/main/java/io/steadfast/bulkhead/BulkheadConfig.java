package io.steadfast.bulkhead;

import java.time.Duration;
import java.util.Objects;

import io.steadfast.core.SettingsCheck;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link BulkheadPolicy} goes by. Immutable, and valid once it exists: settings that make no sense are refused with an
 * {@link io.steadfast.core.InvalidSettingsException}.
 *
 * @param maxConcurrentCalls how many calls may be in flight, 1 to 1 000 000; default 25. Where the limit is adaptive, how many
 *     at first, unless {@link AdaptiveLimitConfig#initialLimit()} says otherwise
 * @param maxWaitDuration how long a call waits for a permit before it is refused; default 0, for not at all
 * @param queueCapacity how many calls may wait; {@code null}, the default, for as many as may be in flight
 * @param queueOrder who of those that wait is next; default {@link QueueOrder#FIFO}
 * @param adaptive how the limit follows latency; {@code null}, the default, for a fixed limit
 */
public record BulkheadConfig(
        int maxConcurrentCalls,
        Duration maxWaitDuration,
        @Nullable Integer queueCapacity,
        QueueOrder queueOrder,
        @Nullable AdaptiveLimitConfig adaptive) {

    static final int MOST_CALLS = 1_000_000;

    private static final BulkheadConfig DEFAULTS = new BulkheadConfigBuilder().build();

    /**
     * Checks the settings, all of them, before it refuses any.
     *
     * @param maxConcurrentCalls how many calls may be in flight
     * @param maxWaitDuration how long a call waits
     * @param queueCapacity how many calls may wait
     * @param queueOrder who is next
     * @param adaptive how the limit follows latency
     */
    public BulkheadConfig {
        Objects.requireNonNull(maxWaitDuration, "maxWaitDuration");
        Objects.requireNonNull(queueOrder, "queueOrder");
        SettingsCheck check = new SettingsCheck();
        inRange(check, "max-concurrent-calls", maxConcurrentCalls);
        checkQueue(check, maxWaitDuration, queueCapacity);
        if (adaptive != null) {
            adaptive.check(check, maxConcurrentCalls);
        }
        check.refuseIfWrong();
    }

    /**
     * 25 calls, and none that waits.
     *
     * @return the shared constant
     */
    public static BulkheadConfig defaults() {
        return DEFAULTS;
    }

    /**
     * Starts from the defaults.
     *
     * @return a new builder
     */
    public static BulkheadConfigBuilder builder() {
        return new BulkheadConfigBuilder();
    }

    static void inRange(SettingsCheck check, String key, int calls) {
        check.that(calls >= 1 && calls <= MOST_CALLS, "must be between 1 and " + MOST_CALLS + ", but is " + calls, key);
    }

    /** How many calls may be in flight at first. */
    int firstLimit() {
        return adaptive == null ? maxConcurrentCalls : adaptive.initialLimit(maxConcurrentCalls);
    }

    private static void checkQueue(SettingsCheck check, Duration wait, @Nullable Integer capacity) {
        check.notNegative("max-wait-duration", wait);
        if (capacity == null) {
            return;
        }
        check.that(
                        capacity >= 0 && capacity <= MOST_CALLS,
                        "must be between 0 and " + MOST_CALLS + ", but is " + capacity,
                        "queue-capacity")
                .that(
                        capacity <= 0 || !wait.isZero(),
                        "contradict each other: up to " + capacity
                                + " calls may wait, but none of them for any time; give max-wait-duration a value, or"
                                + " remove queue-capacity",
                        "queue-capacity",
                        "max-wait-duration")
                .that(
                        capacity != 0 || wait.isZero() || wait.isNegative(),
                        "contradict each other: a call may wait for " + SettingsCheck.text(wait)
                                + ", but in a queue without a place; set queue-capacity to 1 or more, or remove it",
                        "queue-capacity",
                        "max-wait-duration");
    }
}
