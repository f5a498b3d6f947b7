package io.steadfast.circuitbreaker;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.steadfast.core.Durations;

/**
 * Lets one call after another through an open breaker whose wait has grown beyond its first length, so that a target that is
 * back is noticed before the wait is over. The first enters when the first wait would be over, each further one an interval
 * after the one before ended. There is never more than one out, save one that did not end within the time that half-open
 * trials are given.
 */
final class Probes {

    private final long interval;

    private final long patience;

    /** A reading of the ticker. */
    private final AtomicLong due;

    /**
     * The probes of one wait.
     *
     * @param openTime the settings
     * @param longestTrial how long to wait for a probe to end
     * @param began when the wait began, as a reading of the ticker
     */
    Probes(OpenTime openTime, Duration longestTrial, long began) {
        this.interval = Durations.nanos(openTime.probeInterval());
        this.patience = Math.max(interval, Durations.nanos(longestTrial));
        this.due = new AtomicLong(began + Math.max(interval, Durations.nanos(openTime.initial())));
    }

    /** Whether the caller is a probe: it is one at most once, however many threads ask. */
    boolean take(long now) {
        long at = due.get();
        return interval > 0 && now - at >= 0 && due.compareAndSet(at, now + patience);
    }

    /** The probe has failed. */
    void failed(long now) {
        due.set(now + interval);
    }

    /** The probe has told nothing: the next call may be one. */
    void giveBack(long now) {
        due.set(now);
    }

    /** When the next one may enter, as a reading of the ticker. */
    long due() {
        return due.get();
    }

    boolean areMade() {
        return interval > 0;
    }
}
