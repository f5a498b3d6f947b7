package io.steadfast.hedge;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import org.jspecify.annotations.Nullable;

/**
 * How long calls have taken within a window that moves on in slices. To record a call is one increment, without a lock or an object; how
 * many calls stayed below which latency is counted out by one of the callers, now and then.
 *
 * <p>Thread-safe.
 */
final class Latencies {

    private static final AtomicReferenceFieldUpdater<Latencies, Slice> CURRENT =
            AtomicReferenceFieldUpdater.newUpdater(Latencies.class, Slice.class, "current");

    private static final int SLICES = 6;

    /** How often the counts are added up within a window. */
    private static final int READINGS = 20;

    private final long startNanos;

    private final long sliceNanos;

    private final long readingNanos;

    private final AtomicLong nextReading;

    private volatile Slice current = new Slice(0, null);

    private volatile Counts counts = Counts.NONE;

    Latencies(long windowNanos, long now) {
        this.startNanos = now;
        this.sliceNanos = windowNanos / SLICES;
        this.readingNanos = windowNanos / READINGS;
        this.nextReading = new AtomicLong(readingNanos);
    }

    /** Forgets everything. */
    void forget() {
        current = new Slice(current.number, null);
        counts = Counts.NONE;
    }

    void record(long nanos) {
        current.buckets.incrementAndGet(Buckets.of(nanos));
    }

    /** What was recorded within the window, as of a moment ago. */
    Counts counts() {
        return counts;
    }

    /**
     * Moves the window on if it is time, and counts anew.
     *
     * @return whether it was time
     */
    boolean moveOn(long now) {
        long age = now - startNanos;
        long due = nextReading.get();
        if (age < due || !nextReading.compareAndSet(due, age + readingNanos)) {
            return false;
        }
        long slice = age / sliceNanos;
        Slice latest = current;
        if (latest.number < slice) {
            Slice next = new Slice(slice, latest);
            if (!CURRENT.compareAndSet(this, latest, next)) {
                return true; // forgotten meanwhile
            }
            latest = next;
        }
        counts = Counts.of(latest.without(slice - SLICES));
        if (current != latest) {
            counts = Counts.NONE; // forgotten meanwhile
        }
        return true;
    }

    /** A part of the window. What is recorded as the window moves on may be counted in the slice before. */
    private static final class Slice {

        private final long number;

        private final AtomicIntegerArray buckets = new AtomicIntegerArray(Buckets.COUNT);

        private volatile @Nullable Slice before;

        Slice(long number, @Nullable Slice before) {
            this.number = number;
            this.before = before;
        }

        /** Forgets the slices up to a number. */
        Slice without(long oldest) {
            for (Slice slice = this; slice != null; slice = slice.before) {
                Slice earlier = slice.before;
                if (earlier != null && earlier.number <= oldest) {
                    slice.before = null;
                }
            }
            return this;
        }
    }

    /** Added-up slices. Immutable. */
    static final class Counts {

        static final Counts NONE = new Counts(new long[Buckets.COUNT], 0);

        private final long[] buckets;

        private final long total;

        private Counts(long[] buckets, long total) {
            this.buckets = buckets;
            this.total = total;
        }

        private static Counts of(Slice latest) {
            long[] sum = new long[Buckets.COUNT];
            long total = 0;
            for (Slice slice = latest; slice != null; slice = slice.before) {
                for (int bucket = 0; bucket < Buckets.COUNT; bucket++) {
                    int count = slice.buckets.get(bucket);
                    sum[bucket] += count;
                    total += count;
                }
            }
            return new Counts(sum, total);
        }

        long total() {
            return total;
        }

        /**
         * A latency that a share of the calls exceeds at most.
         *
         * @param share above 0, at most 1
         * @return the end of a bucket; 0 if nothing was counted
         */
        long exceededBy(double share) {
            long beyond = 0;
            long most = (long) Math.floor(share * total);
            for (int bucket = Buckets.COUNT - 1; bucket >= 0; bucket--) {
                beyond += buckets[bucket];
                if (beyond > most) {
                    return Buckets.endNanos(bucket);
                }
            }
            return 0;
        }
    }
}
