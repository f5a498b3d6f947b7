package io.steadfast.test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.steadfast.core.time.Ticker;

/**
 * A clock that stands still until it is moved. Thread-safe.
 *
 * <p>It starts below zero, as {@link System#nanoTime()} may, so that code which takes a reading of 0 for "never" is found
 * out.
 */
public final class ManualTicker implements Ticker {

    private static final long ORIGIN = -Duration.ofDays(1).toNanos();

    private final AtomicLong now = new AtomicLong(ORIGIN);

    /** A clock that stands still. */
    public ManualTicker() {}

    @Override
    public long nanos() {
        return now.get();
    }

    /**
     * Moves the clock. Runs nothing: tasks of a {@link ManualTimer} wait for {@link ManualTimer#advance}.
     *
     * @param by how far, not negative
     * @throws IllegalArgumentException if {@code by} is negative
     */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("Time does not go backwards: " + by);
        }
        now.addAndGet(by.toNanos());
    }

    /** Moves to a reading, unless the clock is past it. */
    void advanceTo(long nanos) {
        now.accumulateAndGet(nanos, Math::max);
    }
}
