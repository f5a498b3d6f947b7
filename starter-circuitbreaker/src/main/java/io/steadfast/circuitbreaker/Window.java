package io.steadfast.circuitbreaker;

import java.util.concurrent.atomic.AtomicLong;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.steadfast.core.time.Ticker;

/**
 * The calls that one closed stay looks back at. Thread-safe without a lock, and without an object per call: calls are added
 * up by atomic additions, so none is lost whatever races.
 *
 * <p>Without concurrency a window judges exactly as resilience4j's does. With it, see the two kinds.
 */
abstract class Window {

    /** Changes only with the settings. */
    volatile Thresholds thresholds;

    /** Calls, and failed ones. */
    final AtomicLong calls = new AtomicLong();

    /** Slow calls, and slow ones that failed. Apart, because few calls are slow. */
    final AtomicLong slow = new AtomicLong();

    Window(Thresholds thresholds) {
        this.thresholds = thresholds;
    }

    static Window of(BreakerConfig config, Ticker ticker) {
        Thresholds thresholds = Thresholds.of(config);
        int size = config.window().size();
        return config.window().type() == SlidingWindowType.COUNT_BASED
                ? new CountWindow(size, thresholds)
                : new TimeWindow(size, thresholds, ticker);
    }

    /**
     * Takes a call in.
     *
     * @return whether the calls in the window, this one included, reach a threshold
     */
    abstract boolean record(boolean isFailure, boolean isSlow);

    /** What is in the window now. */
    abstract Totals totals();
}
