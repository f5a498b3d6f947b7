package io.steadfast.core;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** Refused by a rate limiter: the permits of this period are used up. */
public final class RateLimitedException extends CallRejectedException {

    private static final String USED_UP = "its rate limit is used up";

    /** Why, in words that follow "was refused: ". */
    private final String reason;

    /**
     * A refusal without a stack trace.
     *
     * @param callName the refused call
     * @param retryAfter when it is worth coming back, {@code null} if nobody knows
     */
    public RateLimitedException(String callName, @Nullable Duration retryAfter) {
        this(callName, retryAfter, USED_UP);
    }

    /**
     * A refusal for another reason than that the limit is used up, without a stack trace.
     *
     * @param callName the refused call
     * @param retryAfter when it is worth coming back, {@code null} if nobody knows
     * @param reason why, in words that follow "was refused: "
     */
    public RateLimitedException(String callName, @Nullable Duration retryAfter, String reason) {
        super(callName, retryAfter);
        this.reason = reason;
    }

    @Override
    protected String reason() {
        return reason;
    }
}
