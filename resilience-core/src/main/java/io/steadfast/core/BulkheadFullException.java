package io.steadfast.core;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** Refused by a bulkhead: as many calls as allowed are in flight, and none ended in time. */
public final class BulkheadFullException extends CallRejectedException {

    /**
     * A refusal without a stack trace.
     *
     * @param callName the refused call
     * @param retryAfter when it is worth coming back, {@code null} if nobody knows
     */
    public BulkheadFullException(String callName, @Nullable Duration retryAfter) {
        super(callName, retryAfter);
    }

    @Override
    protected String reason() {
        return "too many calls are in flight";
    }
}
