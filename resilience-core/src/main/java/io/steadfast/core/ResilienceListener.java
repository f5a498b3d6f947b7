package io.steadfast.core;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Hears what happens to calls; feeds logs, meters, events and the actuator.
 *
 * <p>Called on the thread that runs the call, so it must be quick, thread-safe and must not block. Whatever it throws is
 * logged and dropped: a listener never breaks a call.
 */
public interface ResilienceListener {

    /** The listener that hears nothing. Pipelines that have it skip all reporting. */
    ResilienceListener NONE = Silence.NONE;

    /**
     * The target is about to be entered. At most once per attempt; not called for an attempt that a gate refused.
     *
     * @param call the call
     */
    default void attemptStarted(Call call) {}

    /**
     * A call ended. Exactly once per call, before its caller hears of the outcome. Creates no object.
     *
     * @param call the call
     * @param outcome how it ended for its caller
     * @param elapsedNanos how long it took including waits, in nanoseconds; 0 if the listener is not {@link #timed()}
     * @param failure what the caller gets thrown, {@code null} if it got an answer
     */
    default void callCompleted(Call call, Outcome outcome, long elapsedNanos, @Nullable Throwable failure) {}

    /**
     * A call has waited for a permit of a gate, or between two attempts. Told once when the wait is over, however it ended, and only
     * to listeners that hear calls and are {@link #timed()}. A call that is refused because the wait would take more time than it has
     * left has not waited. Creates no object.
     *
     * @param call the call
     * @param policy who made it wait
     * @param waitedNanos for how long, in nanoseconds
     */
    default void waited(Call call, PolicyId policy, long waitedNanos) {}

    /**
     * Something rare happened.
     *
     * @param event what
     */
    default void policyEvent(PolicyEvent event) {}

    /**
     * Whether the listener wants {@link #attemptStarted} and {@link #callCompleted}, which come with every single call.
     *
     * @return {@code true} unless overridden; asked when a pipeline is built
     */
    default boolean hearsCalls() {
        return true;
    }

    /**
     * Whether the listener wants events of a kind. An event that nobody wants is never made.
     *
     * @param kind the kind
     * @return {@code true} unless overridden; asked before each event, so it must be quick, and may change at any time
     */
    default boolean hears(PolicyEvent.Kind kind) {
        return true;
    }

    /**
     * Whether {@link #callCompleted} wants the duration, which costs two clock reads a call, and {@link #waited} is wanted.
     *
     * @return {@code false} unless overridden; asked when a pipeline is built
     */
    default boolean timed() {
        return false;
    }

    /**
     * Many as one. Each is shielded from the others: one that throws does not keep the rest from hearing.
     *
     * @param listeners any number of listeners
     * @return {@link #NONE} for an empty list
     */
    static ResilienceListener all(List<? extends ResilienceListener> listeners) {
        return ShieldedListener.shield(listeners);
    }
}
