package io.steadfast.core;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Refused by a circuit breaker: the target has failed too often, and is left alone until the next trial is due
 * ({@link #retryAfter()}).
 */
public final class CircuitOpenException extends CallRejectedException {

    /** The state of the breaker, in words. */
    private final String state;

    /**
     * A refusal by a breaker.
     *
     * @param callName the refused call
     * @param state the breaker's state in words, for example {@code open}
     * @param retryAfter when the next trial is due, {@code null} if nobody knows
     * @param withStackTrace whether to record where it was made
     */
    public CircuitOpenException(String callName, String state, @Nullable Duration retryAfter, boolean withStackTrace) {
        super(callName, retryAfter, withStackTrace);
        this.state = state;
    }

    @Override
    protected String reason() {
        return "its circuit breaker is " + state;
    }
}
