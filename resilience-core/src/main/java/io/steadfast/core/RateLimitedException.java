package io.steadfast.core;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** Refused by a rate limiter: the permits of this period are used up. */
public final class RateLimitedException extends CallRejectedException {

    /**
     * A refusal without a stack trace.
     *
     * @param callName the refused call
     * @param retryAfter when it is worth coming back, {@code null} if nobody knows
     */
    public RateLimitedException(String callName, @Nullable Duration retryAfter) {
        super(callName, retryAfter);
    }

    @Override
    protected String reason() {
        return "its rate limit is used up";
    }
}
