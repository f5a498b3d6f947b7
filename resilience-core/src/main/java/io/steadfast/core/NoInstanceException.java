package io.steadfast.core;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** Refused by fail-over: the pool has no instance left to send this call to. */
public final class NoInstanceException extends CallRejectedException {

    /**
     * A refusal without a stack trace.
     *
     * @param callName the refused call
     * @param retryAfter when it is worth coming back, {@code null} if nobody knows
     */
    public NoInstanceException(String callName, @Nullable Duration retryAfter) {
        super(callName, retryAfter);
    }

    @Override
    protected String reason() {
        return "no instance is available";
    }
}
