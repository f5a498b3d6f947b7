package io.steadfast.spring.live;

import java.util.concurrent.atomic.AtomicLongArray;

/** Numbers that are valid for one period only, whose number, plus one, they carry in their upper half. */
final class Stamped {

    private static final int SHIFT = 32;

    private static final long LOWER = (1L << SHIFT) - 1;

    private Stamped() {}

    /** Adds one, to nothing if the number there is of an earlier period. */
    static void add(AtomicLongArray numbers, int index, int period) {
        long stamp = stamp(period);
        while (true) {
            long known = numbers.get(index);
            long difference = (known & ~LOWER) - stamp;
            if (difference == 0) {
                numbers.getAndIncrement(index);
                return;
            }
            if (difference > 0 || numbers.compareAndSet(index, known, stamp | 1)) {
                return;
            }
        }
    }

    /** Keeps the greatest, of this period. */
    static void max(AtomicLongArray numbers, int index, int period, long value) {
        long stamped = stamp(period) | Math.min(value, LOWER);
        long known = numbers.get(index);
        while (known < stamped && !numbers.compareAndSet(index, known, stamped)) {
            known = numbers.get(index);
        }
    }

    /** The number, if it is of this period, else 0. */
    static int read(AtomicLongArray numbers, int index, int period) {
        long known = numbers.get(index);
        return (known & ~LOWER) == stamp(period) ? (int) Math.min(known & LOWER, Integer.MAX_VALUE) : 0;
    }

    private static long stamp(int period) {
        return (period + 1L) << SHIFT;
    }
}
