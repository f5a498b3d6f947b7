package io.steadfast.retry;

import java.util.function.DoubleSupplier;

import io.steadfast.core.Durations;

/**
 * How long to wait before the next attempt, in nanoseconds. Growth is computed in floating point, where too much becomes
 * infinity instead of a negative number, and ends at the cap; jitter only shortens, so that nothing passes the cap and
 * waits that have reached it still differ from each other.
 */
final class Backoff {

    /** Decorrelated waits have long found their final distribution by then. */
    private static final int MOST_STEPS = 256;

    private final BackoffType type;

    private final long waitNanos;

    private final double multiplier;

    private final long capNanos;

    private final double jitter;

    private final DoubleSupplier random;

    /**
     * Waits as configured.
     *
     * @param random gives numbers from 0 (included) to 1 (excluded)
     */
    Backoff(RetryConfig config, DoubleSupplier random) {
        this.type = config.backoff();
        this.waitNanos = Durations.nanos(config.waitDuration());
        this.multiplier = config.multiplier();
        this.capNanos = Durations.nanos(config.maxWaitDuration());
        this.jitter = config.jitter();
        this.random = random;
    }

    /**
     * The wait after a failed attempt.
     *
     * @param attempt the attempt that failed, 1 for the first, any positive number allowed
     */
    long delayNanos(int attempt) {
        return switch (type) {
            case EXPONENTIAL -> spread(capped(waitNanos * Math.pow(multiplier, attempt - 1.0)));
            case FIXED -> spread(capped(waitNanos));
            case DECORRELATED -> decorrelated(attempt);
        };
    }

    /** Somebody else's idea of a wait, cut where ours are. */
    long capped(long nanos) {
        return Math.min(nanos, capNanos);
    }

    private long spread(long nanos) {
        return Math.max(0, nanos - (long) (nanos * jitter * random.getAsDouble()));
    }

    /**
     * The previous wait is drawn anew, from the first on, and not remembered: a policy keeps nothing per call, and the
     * distribution is the same.
     */
    private long decorrelated(int attempt) {
        long wait = waitNanos;
        for (int step = Math.min(attempt, MOST_STEPS); step > 0; step--) {
            wait = Math.max(waitNanos, capped(waitNanos + (3.0 * wait - waitNanos) * random.getAsDouble()));
        }
        return wait;
    }

    /** Infinity is above the cap; zero times infinity is no number, and no wait. */
    private long capped(double nanos) {
        return nanos >= capNanos ? capNanos : (long) nanos;
    }
}
