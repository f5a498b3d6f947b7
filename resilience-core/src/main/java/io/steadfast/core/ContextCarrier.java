package io.steadfast.core;

/**
 * Carries what a thread knows (a trace, a user, a logging context) from the thread a call began on to the threads it goes on on.
 * Thread-safe.
 */
@FunctionalInterface
public interface ContextCarrier {

    /** Carries nothing: tasks run with what their thread knows. */
    ContextCarrier NONE = () -> task -> task;

    /**
     * Takes what the calling thread knows.
     *
     * @return what was taken, to be used any number of times on any thread
     */
    Carried capture();

    /**
     * Takes what the calling thread knows, and what its caller has handed on by other means, which prevails.
     *
     * @param surroundings the other means, such as a Reactor {@code Context}
     * @return what was taken; unless overridden, what the thread knows
     */
    default Carried capture(Object surroundings) {
        return capture();
    }

    /** What a thread knew. */
    @FunctionalInterface
    interface Carried {

        /**
         * A task that knows it too.
         *
         * @param task what to run
         * @return runs the task with what was taken, and leaves its thread as it found it
         */
        Runnable wrap(Runnable task);
    }
}
