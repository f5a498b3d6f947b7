package io.steadfast.core;

import org.jspecify.annotations.Nullable;

/**
 * How to follow what an asynchronous target hands out: a stage, a publisher. With a {@link Target} it is all a driver for
 * another asynchronous library needs to bring.
 *
 * @param <I> the invocation
 */
public interface AsyncTarget<I> extends Target<I> {

    /**
     * Follows something a target, or a fallback, returned.
     *
     * @param returned what was returned
     * @param fallback whether a fallback returned it; a fallback may return a plain value
     * @param then hears how to cancel the work, and then how it ended
     */
    void follow(@Nullable Object returned, boolean fallback, Emission then);

    /**
     * Whether work that was cancelled may go on all the same and tell when it has ended, as that behind a stage does.
     *
     * @return {@code false} unless overridden: what was cancelled is over
     */
    default boolean outlivesCancel() {
        return false;
    }

    /**
     * Drops an answer that nobody gets, because that of another attempt was taken.
     *
     * @param result the answer
     */
    default void discard(Object result) {}

    /**
     * What the caller has handed on by other means than its thread.
     *
     * @return for example a Reactor {@code Context}; {@code null}, unless overridden, for nothing
     */
    default @Nullable Object surroundings() {
        return null;
    }

    /** Where the work of one attempt reports to. Thread-safe; never throws what policies or listeners throw. */
    interface Emission {

        /**
         * Says how to cancel the work. To be called once, before the work can report anything, because work that runs in
         * the calling thread may have to be stopped before {@link AsyncTarget#follow} returns.
         *
         * @param cancel cancels the work; run at most once, at once if the attempt is over already
         */
        void cancelledBy(Runnable cancel);

        /**
         * A stream is about to hand its first element to the caller: from now on a second run would repeat it.
         *
         * @return {@code false} if the attempt is over: the element must not be handed on, for another attempt may run
         */
        boolean emitting();

        /**
         * Whether the attempt has ended, by itself or from outside.
         *
         * @return whether anything it reports now would come too late
         */
        default boolean isOver() {
            return false;
        }

        /**
         * The work ended.
         *
         * @param result the result, meaningful only if {@code failure} is {@code null}
         * @param failure what went wrong, {@code null} if nothing did
         * @return {@code false} if the attempt was over before, and nobody hears of this
         */
        boolean done(@Nullable Object result, @Nullable Throwable failure);

        /**
         * The moment by which the work must have ended, to be handed on to guarded calls inside it.
         *
         * @return the deadline, {@code null} if there is none
         */
        default @Nullable Deadline deadline() {
            return null;
        }

        /**
         * The call that this is an attempt of, to be handed on to clients used inside it.
         *
         * @return the call, {@code null} if nobody would ask
         */
        default @Nullable Call call() {
            return null;
        }

        /**
         * Who watches the call that this is an attempt, or a fallback, of.
         *
         * @return to be handed on to the code inside; {@code null} if nobody does
         */
        default CallObserver.@Nullable Watch watch() {
            return null;
        }

        /**
         * Says which call the attempt is made in, where the thread did not know it.
         *
         * @param outer the call around it
         */
        default void enclosedBy(Call outer) {}
    }
}
