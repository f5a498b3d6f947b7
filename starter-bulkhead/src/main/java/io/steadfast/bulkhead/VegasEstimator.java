package io.steadfast.bulkhead;

import java.util.function.IntUnaryOperator;

import com.netflix.concurrency.limits.limit.VegasLimit;
import com.netflix.concurrency.limits.limit.functions.Log10RootIntFunction;
import io.steadfast.bulkhead.LatencyWindow.Reading;

/**
 * Netflix's {@code VegasLimit}: with limit <i>L</i>, mean latency <i>t</i> and the lowest one seen <i>T</i>, the target's queue
 * is about <i>q</i> = <i>L</i> (1 − <i>T</i>/<i>t</i>). With <i>s</i> = log10 <i>L</i>, at least 1, the limit rises by 6<i>s</i>
 * while <i>q</i> ≤ <i>s</i>, by <i>s</i> while <i>q</i> &lt; 3<i>s</i>, and falls by <i>s</i> when <i>q</i> &gt; 6<i>s</i> or
 * when calls were dropped. It does not rise while fewer than <i>L</i>/2 calls are in flight.
 *
 * <p>The lowest of many means lies below the usual one by chance alone, and the algorithm takes the difference for a queue: a
 * large limit stays far too low. So a twentieth of <i>t</i> is forgiven.
 *
 * <p>The library's own way to measure <i>T</i> anew is switched off: from time to time, by chance, it takes the latency of that
 * moment for the lowest, and under lasting overload that is one with a queue in it. {@link AdaptiveLimit} does it instead.
 */
final class VegasEstimator implements LimitEstimator {

    private static final int FORGIVEN_PART = 20;

    private static final int NEVER = Integer.MAX_VALUE;

    private static final IntUnaryOperator STEP = Log10RootIntFunction.create(0);

    private final int min;

    private final int max;

    private VegasLimit limit;

    private long lowestNanos;

    VegasEstimator(int initial, int min, int max) {
        this.min = min;
        this.max = max;
        this.limit = startingAt(initial);
    }

    @Override
    public int adjust(Reading window) {
        long nanos = window.meanNanos();
        if (lowestNanos == 0 || nanos < lowestNanos) {
            lowestNanos = nanos; // as the library does, which does not tell
        } else {
            nanos = Math.max(lowestNanos, nanos - nanos / FORGIVEN_PART);
        }
        limit.onSample(0, nanos, window.mostInFlight(), window.isDropped());
        return limit.getLimit();
    }

    @Override
    public void rebase(long nanos, int from) {
        limit = startingAt(from);
        limit.onSample(0, nanos, 0, false); // the first sample is the lowest
        lowestNanos = nanos;
    }

    @Override
    public long baselineNanos() {
        return lowestNanos;
    }

    private VegasLimit startingAt(int initial) {
        return VegasLimit.newBuilder()
                .initialLimit(initial)
                .maxConcurrency(max)
                .decreaseFunction(now -> Math.max(min, now - STEP.applyAsInt((int) now)))
                .probeMultiplier(NEVER)
                .build();
    }
}
