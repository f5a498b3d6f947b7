package io.steadfast.core;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * What an outcome says about the target, and about another try. Made by an {@link OutcomeReader}; policies go by it where their
 * own settings say nothing.
 *
 * @param kind what happened
 * @param retryAfter how long the target asked to be left alone: no more than its reader is ready to wait; {@code null} if it did not
 *     ask
 * @param whyNotAgain why the call must not be tried again although it failed, as a log says it; {@code null} if it may
 */
public record Diagnosis(
        Kind kind, @Nullable Duration retryAfter, @Nullable String whyNotAgain) {

    /**
     * Refuses an outcome without a kind.
     *
     * @param kind what happened
     * @param retryAfter how long the target asked to be left alone
     * @param whyNotAgain why not to try again
     */
    public Diagnosis {
        Objects.requireNonNull(kind, "kind");
    }

    /**
     * An outcome of which nothing more is known.
     *
     * @param kind what happened
     * @return the diagnosis
     */
    public static Diagnosis of(Kind kind) {
        return new Diagnosis(kind, null, null);
    }

    /** What happened, and whom it concerns. */
    public enum Kind {
        /** The target did what it was asked to. */
        SUCCESS,
        /** The target is well and refuses what it was asked: the caller's own business. Counts as success, is not retried. */
        CALLERS_OWN,
        /** The target asks its caller to slow down. Worth another try later; counts for no breaker. */
        THROTTLED,
        /** The target is not well, or was not reached. Worth another try; counts for the breaker. */
        TRANSIENT,
        /** The target failed, and another try would fail too. Counts for the breaker. */
        FAILURE
    }

    /**
     * Whether another try may succeed.
     *
     * @return whether this is {@link Kind#TRANSIENT} or {@link Kind#THROTTLED}
     */
    public boolean isWorthAnotherTry() {
        return kind == Kind.TRANSIENT || kind == Kind.THROTTLED;
    }

    /**
     * How long the target asked to be left alone.
     *
     * @return the wait, empty if it did not ask
     */
    public Optional<Duration> askedWait() {
        return Optional.ofNullable(retryAfter);
    }
}
