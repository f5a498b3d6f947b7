package io.steadfast.bulkhead;

import io.steadfast.bulkhead.LatencyWindow.Reading;

/** An algorithm: windows in, limit out. Used by one thread at a time. */
interface LimitEstimator {

    /** Adjusts the limit to a window. */
    int adjust(Reading window);

    /** Takes a latency for that of the target without a queue, and goes on from a limit. */
    void rebase(long nanos, int limit);

    /** The latency that others are compared with; 0 while there is none. */
    long baselineNanos();

    static LimitEstimator of(AdaptiveAlgorithm algorithm, int initial, int min, int max) {
        return switch (algorithm) {
            case GRADIENT -> new GradientEstimator(initial, min, max);
            case VEGAS -> new VegasEstimator(initial, min, max);
        };
    }
}
