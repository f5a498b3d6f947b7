package io.steadfast.core;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts what happened in the last {@value #SLICES} slices of time. Lock-free, and nothing is allocated after the start.
 *
 * <p>Each element packs the number of its slice (upper bits) with a count (lower bits), so that an old count is replaced
 * by a new one in a single compare-and-set.
 */
final class RollingCount {

    static final int SLICES = 10;

    private static final int COUNT_BITS = 28;

    private static final long MOST = (1L << COUNT_BITS) - 1; // 268 million in a slice; what comes after is not counted

    private final AtomicLongArray packed = new AtomicLongArray(SLICES);

    /** Adds to a slice. One who comes too late, when the element serves a later slice already, adds to that one. */
    void add(long slice, int count) {
        int index = (int) (slice % SLICES);
        long before;
        long after;
        do {
            before = packed.get(index);
            long present = before >>> COUNT_BITS;
            long kept = present >= slice ? before & MOST : 0;
            after = Math.max(present, slice) << COUNT_BITS | Math.min(MOST, kept + count);
        } while (!packed.compareAndSet(index, before, after));
    }

    /** Forgets all. What is added meanwhile may be forgotten too. */
    void clear() {
        for (int index = 0; index < SLICES; index++) {
            packed.set(index, 0);
        }
    }

    /** The sum of a slice and the nine before it. */
    long sum(long slice) {
        long sum = 0;
        for (int index = 0; index < SLICES; index++) {
            long element = packed.get(index);
            if (slice - (element >>> COUNT_BITS) < SLICES) {
                sum += element & MOST;
            }
        }
        return sum;
    }
}
