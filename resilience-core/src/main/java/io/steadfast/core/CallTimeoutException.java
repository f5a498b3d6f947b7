package io.steadfast.core;

import java.time.Duration;

/**
 * A limit of ours, for one attempt or in total, ran out while the call ran. The target was entered and may have done its
 * work. Counts as a failure for breakers, and is retried like one.
 */
public final class CallTimeoutException extends RuntimeException {

    /** The call that took too long. */
    private final String callName;

    /** Its limit, in nanoseconds. */
    private final long limitNanos;

    /**
     * A timeout.
     *
     * @param callName the call
     * @param limit the limit that ran out
     */
    public CallTimeoutException(String callName, Duration limit) {
        super(null, null, true, false);
        this.callName = callName;
        this.limitNanos = Durations.nanos(limit);
    }

    /**
     * The call that took too long.
     *
     * @return its name
     */
    public String callName() {
        return callName;
    }

    /**
     * The limit that ran out.
     *
     * @return its length
     */
    public Duration limit() {
        return Duration.ofNanos(limitNanos);
    }

    @Override
    public String getMessage() {
        return "Call '" + callName + "' did not answer within its limit of " + Durations.text(limitNanos);
    }
}
