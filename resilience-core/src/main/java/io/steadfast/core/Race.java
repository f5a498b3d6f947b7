package io.steadfast.core;

import org.jspecify.annotations.Nullable;

/**
 * Lets an attempt that takes long be overtaken by another one beside it: hedging.
 *
 * <p>Each attempt of a race has a {@link Call} of its own. The first whose outcome {@linkplain #decides decides} ends the race; the
 * others are cancelled, a plain method by an interrupt, and count for nothing. A race in which an attempt is no good goes on while
 * another one runs; if none is left, the outcome of the first stands. A stream is decided by its first element.
 *
 * <p>A race that throws has no opinion: it starts nothing, and every answer decides.
 */
public non-sealed interface Race extends Policy {

    /** A delay that never passes. */
    long NEVER = Long.MAX_VALUE;

    /**
     * How long after an attempt has begun the next may begin. Asked once per call about the first attempt, and about each further one as it
     * begins.
     *
     * @param call the call
     * @param started how many attempts have been started, 1 for the first
     * @return nanoseconds; {@link #NEVER} for no further attempt, which keeps a plain call on its caller's thread
     */
    long delayNanos(Call call, int started);

    /**
     * Whether another attempt may begin, now that its time has come. Whoever says yes has it charged.
     *
     * @param call the call
     * @param started how many attempts have been started
     * @return whether it may; after a no the race goes on with those it has
     */
    boolean mayStart(Call call, int started);

    /**
     * Whether an outcome ends the race, be it good or beyond help. Not asked about failures that concern no policy, which always do.
     *
     * @param call the call of the attempt
     * @param result the result, meaningful only if {@code failure} is {@code null}
     * @param failure any throwable, or {@code null} if the target answered
     * @return {@code true} for every answer unless overridden
     */
    default boolean decides(Call call, @Nullable Object result, @Nullable Throwable failure) {
        return failure == null;
    }

    /**
     * An attempt has ended by itself.
     *
     * @param call the call of the attempt
     * @param attempt which attempt, 1 for the first
     * @param elapsedNanos how long it took, for a stream until its first element; 0 if the race is not {@link #timed()}
     * @param result the result, meaningful only if {@code failure} is {@code null}; {@code null} for a stream
     * @param failure any throwable, or {@code null} if the target answered
     */
    default void ended(
            Call call, int attempt, long elapsedNanos, @Nullable Object result, @Nullable Throwable failure) {}

    /**
     * An attempt was ended before it had an outcome: another one has won, or the call was told to end. It would have taken longer.
     *
     * @param call the call of the attempt
     * @param attempt which attempt, 1 for the first
     * @param elapsedNanos how long it had run; 0 if the race is not {@link #timed()}
     */
    default void cutShort(Call call, int attempt, long elapsedNanos) {}

    /**
     * Whether {@link #ended} and {@link #cutShort} want to know how long attempts took.
     *
     * @return {@code false} unless overridden; asked once per attempt
     */
    default boolean timed() {
        return false;
    }
}
