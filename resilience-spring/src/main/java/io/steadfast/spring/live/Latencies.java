package io.steadfast.spring.live;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long calls took, over the last {@value #SLICES} periods of {@value #SLICE_SECONDS} seconds: 50 to 60 seconds back.
 *
 * <p>A histogram with {@value #STEPS} equal buckets for each doubling (log-linear, as HdrHistogram's), from 4 microseconds to two
 * minutes: what is read from it is off by 6 % at most. One for each period, each of whose buckets carries the number of its period
 * ({@link Stamped}). Thread-safe; to record allocates nothing.
 */
final class Latencies {

    static final int SLICE_SECONDS = 10;

    static final int SLICES = 6;

    private static final int STEPS = 8;

    private static final int DOUBLINGS = 24;

    private static final int BUCKETS = STEPS * DOUBLINGS;

    /** The finest bucket is 4096 ns wide. */
    private static final int UNIT_SHIFT = 12;

    private static final double MILLIS_PER_UNIT = (1 << UNIT_SHIFT) / 1_000_000.0;

    private final AtomicLongArray buckets = new AtomicLongArray(SLICES * BUCKETS);

    private final AtomicLongArray slowestMicros = new AtomicLongArray(SLICES);

    void record(int second, long nanos) {
        int slice = second / SLICE_SECONDS;
        int place = slice % SLICES;
        Stamped.add(buckets, place * BUCKETS + bucket(nanos), slice);
        Stamped.max(slowestMicros, place, slice, TimeUnit.NANOSECONDS.toMicros(nanos));
    }

    /** Adds up what is in reach. */
    Distribution read(int second) {
        long[] counts = new long[BUCKETS];
        long total = 0;
        long slowest = 0;
        int latest = second / SLICE_SECONDS;
        for (int slice = Math.max(0, latest - SLICES + 1); slice <= latest; slice++) {
            int place = slice % SLICES;
            slowest = Math.max(slowest, Stamped.read(slowestMicros, place, slice));
            for (int bucket = 0; bucket < BUCKETS; bucket++) {
                int count = Stamped.read(buckets, place * BUCKETS + bucket, slice);
                counts[bucket] += count;
                total += count;
            }
        }
        return new Distribution(counts, total, slowest / 1000.0);
    }

    static int bucket(long nanos) {
        long units = Math.max(0, nanos) >> UNIT_SHIFT;
        if (units < STEPS) {
            return (int) units;
        }
        int shift = 60
                - Long.numberOfLeadingZeros(units); // so that what is left of the units is between STEPS and 2 * STEPS
        return (int) Math.min(BUCKETS - 1, (shift + 1L) * STEPS + ((units >>> shift) & (STEPS - 1)));
    }

    /** Where a bucket begins. */
    private static double millisAt(int bucket) {
        if (bucket < STEPS) {
            return bucket * MILLIS_PER_UNIT;
        }
        int shift = bucket / STEPS - 1;
        return ((long) (STEPS + bucket % STEPS) << shift) * MILLIS_PER_UNIT;
    }

    /** What was read. */
    record Distribution(long[] counts, long total, double max) {

        /** The time that a share of the calls took at most, in milliseconds; between the ends of a bucket by the rule of three. */
        double quantile(double share) {
            double wanted = share * total;
            long below = 0;
            for (int bucket = 0; bucket < BUCKETS; bucket++) {
                if (counts[bucket] > 0 && below + counts[bucket] >= wanted) {
                    double part = (wanted - below) / counts[bucket];
                    double from = millisAt(bucket);
                    return Math.min(max, from + part * (millisAt(bucket + 1) - from));
                }
                below += counts[bucket];
            }
            return max;
        }
    }
}
