package io.steadfast.core;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** Refused before sending: too little of the deadline is left for an answer to arrive. */
public final class DeadlineExceededException extends CallRejectedException {

    /**
     * A refusal without a stack trace.
     *
     * @param callName the refused call
     * @param retryAfter when it is worth coming back, {@code null} if nobody knows
     */
    public DeadlineExceededException(String callName, @Nullable Duration retryAfter) {
        super(callName, retryAfter);
    }

    @Override
    protected String reason() {
        return "its deadline leaves no time";
    }
}
