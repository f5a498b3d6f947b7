package io.steadfast.core;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;

/**
 * Root of all refusals of ours: the target was not entered. Extends the JDK's {@link RejectedExecutionException} so that
 * code written for full executors understands it; a foreign {@code RejectedExecutionException} is not ours.
 *
 * <p>Made without a stack trace unless asked for, because refusals come in floods, and their message is put together
 * only when somebody reads it. Refusals count for no breaker and are not retried unless listed.
 */
public abstract class CallRejectedException extends RejectedExecutionException implements RetryAfter {

    private static final long NO_HINT = -1;

    /** The refused call. */
    private final String callName;

    /** When to come back, in nanoseconds; negative if nobody knows. */
    private final long retryAfterNanos;

    /**
     * A refusal without a stack trace.
     *
     * @param callName the refused call
     * @param retryAfter when it is worth coming back, {@code null} if nobody knows
     */
    protected CallRejectedException(String callName, @Nullable Duration retryAfter) {
        this(callName, retryAfter, false);
    }

    /**
     * A refusal.
     *
     * @param callName the refused call
     * @param retryAfter when it is worth coming back, {@code null} if nobody knows
     * @param withStackTrace whether to record where it was made, which costs microseconds per refusal
     */
    protected CallRejectedException(String callName, @Nullable Duration retryAfter, boolean withStackTrace) {
        this.callName = callName;
        this.retryAfterNanos = retryAfter == null ? NO_HINT : Math.max(0, Durations.nanos(retryAfter));
        if (withStackTrace) {
            super.fillInStackTrace();
        }
    }

    /**
     * The refused call.
     *
     * @return its name
     */
    public final String callName() {
        return callName;
    }

    @Override
    public final Optional<Duration> retryAfter() {
        return retryAfterNanos == NO_HINT ? Optional.empty() : Optional.of(Duration.ofNanos(retryAfterNanos));
    }

    @Override
    public final String getMessage() {
        String hint = retryAfterNanos == NO_HINT ? "" : "; try again in " + Durations.text(retryAfterNanos);
        return "Call '" + callName + "' was refused: " + reason() + hint;
    }

    /**
     * Why, in words that follow "was refused: ".
     *
     * @return the reason
     */
    protected abstract String reason();

    /** Does nothing: {@code Throwable} calls it before anybody could have asked for a trace. */
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // does nothing, so there is nothing to guard
    @Override
    public final Throwable fillInStackTrace() {
        return this;
    }
}
