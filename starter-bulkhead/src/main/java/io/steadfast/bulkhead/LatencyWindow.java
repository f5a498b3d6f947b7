package io.steadfast.bulkhead;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sums up how long calls took. One atomic addition per call: number and sum are in one word. The number of calls in flight and
 * that of drops are beside it and may belong to a neighbouring window by a call or two, which changes no verdict.
 */
final class LatencyWindow {

    /** 22 bits for the number, so that a window closes long before it overflows. */
    private static final int MICROS_BITS = 42;

    private static final long ONE_CALL = 1L << MICROS_BITS;

    private static final long MICROS = ONE_CALL - 1;

    /** Longer calls count as this long: the sum of 70 000 of them fits. */
    private static final long MOST_MICROS = TimeUnit.MINUTES.toMicros(1);

    private final AtomicLong sum = new AtomicLong();

    private final AtomicInteger drops = new AtomicInteger();

    private volatile int mostInFlight;

    private volatile boolean foundFull;

    /**
     * Adds a call.
     *
     * @return how many calls the window holds with this one
     */
    int add(long nanos, int inFlight) {
        if (inFlight > mostInFlight) {
            mostInFlight = inFlight; // of two that write at the same moment either may win: both are about the most
        }
        long micros = Math.max(1, Math.min(MOST_MICROS, TimeUnit.NANOSECONDS.toMicros(nanos)));
        return calls(sum.addAndGet(ONE_CALL + micros));
    }

    /** Says that one of the calls was dropped. */
    void drop() {
        drops.incrementAndGet();
    }

    /** Says that a call found no room. */
    void full() {
        if (!foundFull) {
            foundFull = true;
        }
    }

    /** Empties the window. */
    Reading take() {
        long closed = sum.getAndSet(0);
        int calls = calls(closed);
        long nanos = TimeUnit.MICROSECONDS.toNanos(closed & MICROS);
        Reading reading =
                new Reading(calls, calls == 0 ? 0 : nanos / calls, mostInFlight, drops.getAndSet(0), foundFull);
        mostInFlight = 0;
        foundFull = false;
        return reading;
    }

    private static int calls(long sum) {
        return (int) (sum >>> MICROS_BITS);
    }

    /**
     * What a window has shown.
     *
     * @param calls how many calls
     * @param meanNanos how long they took on average
     * @param mostInFlight how many were in flight at most
     * @param drops how many of them timed out or were refused by the target
     * @param foundFull whether there was a call that found no room
     */
    record Reading(int calls, long meanNanos, int mostInFlight, int drops, boolean foundFull) {

        /** A single drop among many calls is bad luck. */
        private static final int TOLERATED_PART = 20;

        static final Reading NONE = new Reading(0, 0, 0, 0, false);

        /** Whether so many were dropped that the target must be overloaded: one in twenty. */
        boolean isDropped() {
            return drops > 0 && drops >= calls / TOLERATED_PART;
        }
    }
}
