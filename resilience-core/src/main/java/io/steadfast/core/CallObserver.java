package io.steadfast.core;

import org.jspecify.annotations.Nullable;

/**
 * Watches single calls from their beginning to their end, and is told on which threads they are being worked at: what a trace needs,
 * and what a {@link ResilienceListener} cannot do, because it is only ever told what has happened.
 *
 * <p>Thread-safe. Whatever it throws is logged and dropped, and the call goes on unwatched. Pipelines without an observer pay nothing.
 */
@FunctionalInterface
public interface CallObserver {

    /** The observer that watches nothing. */
    CallObserver NONE = (call, surroundings) -> null;

    /**
     * A call begins, on the thread of its caller.
     *
     * @param call the call; it may be kept until it has {@linkplain Watch#ended ended}
     * @param surroundings what the caller has handed on by other means than its thread, such as a Reactor {@code Context}; {@code null}
     *     if nothing
     * @return who watches this call; {@code null} if nobody does
     */
    @Nullable
    Watch begin(Call call, @Nullable Object surroundings);

    /** Watches one call. Used by several threads, at times at once. */
    interface Watch {

        /**
         * The calling thread works for the call from now on: it decides about it, makes an attempt, runs a fallback.
         *
         * @return to be closed by the same thread when it does so no more
         */
        Scope enter();

        /**
         * The calling thread is about to tell the caller of the outcome. What the caller goes on to do is no part of the call.
         *
         * @return to be closed by the same thread when the caller has heard
         */
        Scope leave();

        /**
         * The call has ended. Exactly once, before its caller hears of the outcome, and after the listeners have.
         *
         * @param call the call
         * @param outcome how it ended for its caller
         * @param failure what the caller gets thrown, {@code null} if it got an answer
         */
        void ended(Call call, Outcome outcome, @Nullable Throwable failure);

        /**
         * Where code inside the call looks for what watches it if it goes by a Reactor {@code Context} and not by its thread.
         *
         * @return the key
         */
        Object contextKey();

        /**
         * What such code finds there.
         *
         * @return the value
         */
        Object contextValue();
    }

    /** The time that a thread works for a call, or tells its caller. */
    @FunctionalInterface
    interface Scope {

        /** Leaves the thread as it was before. */
        void close();
    }
}
