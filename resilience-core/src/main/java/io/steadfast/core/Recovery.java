package io.steadfast.core;

import org.jspecify.annotations.Nullable;

/**
 * Looks at an outcome and says what to do with it: retry, fallback.
 *
 * <p>Not asked about outcomes that concern no policy: cancelled calls, interrupts, and failures that the call ignores as
 * a whole.
 */
public non-sealed interface Recovery extends Policy {

    /**
     * Judges one outcome.
     *
     * @param call the call
     * @param attempt how many times this policy has let the call run, 1 for the first
     * @param result the result, meaningful only if {@code failure} is {@code null}
     * @param failure any throwable, or {@code null} if the target answered
     * @return what to do; a judge that throws is taken to have said {@link Verdict#keep()}
     */
    Verdict judge(Call call, int attempt, @Nullable Object result, @Nullable Throwable failure);

    /**
     * Whether {@link #judge} wants {@link Call#elapsedNanos()}, which costs a clock read as the call enters.
     *
     * @return {@code false} unless overridden
     */
    default boolean timed() {
        return false;
    }

    /**
     * Whether the policy may act after a stream has already handed elements to its subscriber. A second run repeats
     * those elements. A policy that may not is asked all the same, so that it can count the call, but its verdict is to
     * keep; {@link Call#hasEmitted()} tells.
     *
     * @return {@code false} unless overridden
     */
    default boolean afterFirstElement() {
        return false;
    }
}
