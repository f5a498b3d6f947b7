package io.steadfast.retry;

/**
 * How waits grow from one attempt to the next. {@code wait} is the configured wait, {@code n} the number of the attempt
 * that has just failed, 1 for the first.
 *
 * <p>Source: Marc Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015.
 */
public enum BackoffType {

    /** {@code wait × multiplier^(n-1)}, shortened by the jitter. */
    EXPONENTIAL,

    /** {@code wait} each time, shortened by the jitter. */
    FIXED,

    /**
     * Anything between {@code wait} and three times the previous wait. Random by itself, so there is no jitter to choose.
     */
    DECORRELATED
}
