package io.steadfast.failover;

/**
 * A mean of durations that follows a longer one at once and shorter ones slowly, after Finagle's Peak EWMA: a sample above the mean
 * becomes the mean; one below it counts {@code 1 - e^(-dt/τ)}, where dt is the time since the sample before. Without samples the mean
 * fades, so that an instance that was slow is tried again.
 *
 * <p>A mean is a {@code long}, so that it is replaced by one compare-and-set: the mean in nanoseconds as a {@code float} above, the
 * time of the last sample in milliseconds below. 0 is no sample yet.
 */
final class PeakEwma {

    /** τ: after so long, what is left of a mean is a third. */
    static final long DECAY_MILLIS = 10_000;

    /** Below this, e^-x is 1 - x to five digits, for a tenth of the cost. */
    private static final double SMALL = 0.005;

    private PeakEwma() {}

    /** The mean with one more sample. */
    static long with(long mean, long nowMillis, long sampleNanos) {
        float sample = Math.max(1, sampleNanos);
        float before = nanosOf(mean);
        if (sample >= before) {
            return pack(sample, (int) nowMillis);
        }
        int passed = millisSince(mean, nowMillis);
        if (passed == 0) {
            return mean;
        }
        double weight = fading(passed);
        return pack((float) (before * weight + sample * (1 - weight)), (int) nowMillis);
    }

    /** The mean as of now, in nanoseconds. */
    static double at(long mean, long nowMillis) {
        return mean == 0 ? 0 : nanosOf(mean) * fading(millisSince(mean, nowMillis));
    }

    private static double fading(int passedMillis) {
        double part = (double) passedMillis / DECAY_MILLIS;
        return part < SMALL ? 1 - part : Math.exp(-part);
    }

    private static float nanosOf(long mean) {
        return Float.intBitsToFloat((int) (mean >>> Integer.SIZE));
    }

    /** Milliseconds go round after 49 days, but their difference does not mind. */
    private static int millisSince(long mean, long nowMillis) {
        return Math.max(0, (int) nowMillis - (int) mean);
    }

    private static long pack(float nanos, int millis) {
        return (long) Float.floatToRawIntBits(nanos) << Integer.SIZE | Integer.toUnsignedLong(millis);
    }
}
