package io.steadfast.core;

import java.time.Duration;

/** Durations as nanoseconds, for arithmetic that must not overflow, and as text, for people. */
final class Durations {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private Durations() {}

    /** 292 years stand for everything longer. */
    static long nanos(Duration duration) {
        return duration.compareTo(LONGEST) >= 0 ? Long.MAX_VALUE : duration.toNanos();
    }

    static String text(long nanos) {
        if (nanos >= 10_000 * NANOS_PER_MILLI) {
            return nanos / (1000 * NANOS_PER_MILLI) + " s";
        }
        return nanos >= NANOS_PER_MILLI ? nanos / NANOS_PER_MILLI + " ms" : nanos / 1000 + " µs";
    }
}
