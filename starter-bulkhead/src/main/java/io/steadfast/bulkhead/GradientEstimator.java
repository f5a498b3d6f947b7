package io.steadfast.bulkhead;

import java.util.concurrent.TimeUnit;

import com.netflix.concurrency.limits.limit.Gradient2Limit;
import io.steadfast.bulkhead.LatencyWindow.Reading;

/**
 * Netflix's {@code Gradient2Limit}: with limit <i>L</i>, mean latency <i>t</i> and its long-term mean <i>T</i>,
 * <i>L</i> becomes 0.8 <i>L</i> + 0.2 (<i>g</i> <i>L</i> + √<i>L</i>), where <i>g</i> = 1.5 <i>T</i> / <i>t</i>, at least 0.5
 * and at most 1. Nothing changes while fewer than <i>L</i>/2 calls are in flight.
 *
 * <p>√<i>L</i> instead of the library's constant 4 is what Envoy's gradient controller adds: a constant is too much for a
 * target that can serve 3 calls at a time and too little for one that can serve 300.
 */
final class GradientEstimator implements LimitEstimator {

    /** Three times the usual latency has the gradient at its lowest, so more would only spoil the long-term mean. */
    private static final int WORST = 3;

    /** So many first samples make up the library's long-term mean. */
    private static final int WARM_UP = 10;

    private final int min;

    private final int max;

    private Gradient2Limit limit;

    GradientEstimator(int initial, int min, int max) {
        this.min = min;
        this.max = max;
        this.limit = startingAt(initial);
    }

    /** The library's algorithm does not look at drops: they count as long calls instead, see {@link AdaptiveLimit}. */
    @Override
    public int adjust(Reading window) {
        long usual = baselineNanos();
        long nanos = usual == 0 ? window.meanNanos() : Math.min(window.meanNanos(), WORST * usual);
        limit.onSample(0, nanos, window.mostInFlight(), window.isDropped());
        return limit.getLimit();
    }

    @Override
    public void rebase(long nanos, int from) {
        limit = startingAt(from);
        for (int i = 0; i < WARM_UP; i++) {
            limit.onSample(0, nanos, 0, false); // with nothing in flight the limit stays
        }
    }

    @Override
    public long baselineNanos() {
        return limit.getRttNoLoad(TimeUnit.NANOSECONDS);
    }

    private Gradient2Limit startingAt(int initial) {
        return Gradient2Limit.newBuilder()
                .initialLimit(initial)
                .minLimit(min)
                .maxConcurrency(max)
                .queueSizeFunction(estimated -> Math.max(1, (int) Math.sqrt(estimated)))
                .build();
    }
}
