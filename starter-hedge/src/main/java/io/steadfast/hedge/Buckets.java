package io.steadfast.hedge;

/**
 * Sorts latencies into buckets that are a sixteenth of their octave wide, so that what is read from them is at most 6.25 % too long.
 * Everything below 16 microseconds is told apart by microseconds, everything above an hour is the same.
 *
 * <p>Source: Gil Tene's HdrHistogram, with four bits of precision.
 */
final class Buckets {

    /** A unit is 1024 ns. */
    private static final int UNIT_SHIFT = 10;

    private static final int BITS = 4;

    private static final int PER_OCTAVE = 1 << BITS;

    static final int COUNT = 30 * PER_OCTAVE;

    private Buckets() {}

    static int of(long nanos) {
        long units = Math.max(0, nanos) >>> UNIT_SHIFT;
        if (units < PER_OCTAVE) {
            return (int) units;
        }
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(units) - BITS;
        int within = (int) (units >>> shift) & (PER_OCTAVE - 1);
        return Math.min((shift + 1) * PER_OCTAVE + within, COUNT - 1);
    }

    /** The latency that everything in the bucket stays below. */
    static long endNanos(int bucket) {
        if (bucket < PER_OCTAVE) {
            return (bucket + 1L) << UNIT_SHIFT;
        }
        int shift = bucket / PER_OCTAVE - 1;
        long units = (PER_OCTAVE + bucket % PER_OCTAVE + 1L) << shift;
        return units << UNIT_SHIFT;
    }
}
