package io.steadfast.spring.live;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How often things of some kinds happened in each of the last {@value #KEPT} seconds. Every count carries the second it belongs to in its upper
 * half, so that a count of a second long past becomes the first of a new one by one exchange, and none is lost: to count allocates
 * nothing and waits for nobody. Thread-safe.
 */
final class Seconds {

    /** How far back counts can be read, with the second under way. */
    static final int KEPT = 60;

    /** A power of two, with room for those that come late. */
    private static final int RING = 64;

    private final int kinds;

    private final AtomicLongArray counts;

    Seconds(int kinds) {
        this.kinds = kinds;
        this.counts = new AtomicLongArray(RING * kinds);
    }

    /** Counts one. A second that is more than a minute behind the latest is not counted. */
    void count(int second, int kind) {
        Stamped.add(counts, place(second, kind), second);
    }

    int read(int second, int kind) {
        return Stamped.read(counts, place(second, kind), second);
    }

    /** Sums up some seconds, the last of them included. */
    long sum(int last, int seconds, int kind) {
        long sum = 0;
        for (int second = last - seconds + 1; second <= last; second++) {
            sum += read(second, kind);
        }
        return sum;
    }

    private int place(int second, int kind) {
        return (second & (RING - 1)) * kinds + kind;
    }
}
