package io.steadfast.core;

import java.time.Duration;

/** Durations as nanoseconds, for arithmetic that must not overflow, and as text, for people. Stateless. */
public final class Durations {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private static final Duration SHORTEST = LONGEST.negated();

    private Durations() {}

    /**
     * A duration in nanoseconds. Where {@link Duration#toNanos()} would overflow, 292 years stand for everything longer, in both
     * directions.
     *
     * @param duration any duration
     * @return its nanoseconds
     */
    public static long nanos(Duration duration) {
        if (duration.compareTo(LONGEST) >= 0) {
            return Long.MAX_VALUE;
        }
        return duration.compareTo(SHORTEST) <= 0 ? -Long.MAX_VALUE : duration.toNanos();
    }

    static String text(long nanos) {
        if (nanos >= 10_000 * NANOS_PER_MILLI) {
            return nanos / (1000 * NANOS_PER_MILLI) + " s";
        }
        return nanos == 0 || nanos >= NANOS_PER_MILLI ? nanos / NANOS_PER_MILLI + " ms" : nanos / 1000 + " µs";
    }

    /** A duration as one writes it in a property: {@code 500ms}, {@code 2s}, {@code 5m}; 0 is {@code 0s}. */
    static String notation(Duration duration) {
        if (duration.toNanosPart() % NANOS_PER_MILLI != 0) {
            return nanos(duration) + "ns";
        }
        boolean fitsMillis = duration.compareTo(LONGEST) < 0 && duration.compareTo(SHORTEST) > 0;
        if (duration.toMillisPart() != 0 && fitsMillis) {
            return duration.toMillis() + "ms";
        }
        long seconds = duration.toSeconds();
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        }
        return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds / 60 + "m";
    }
}
