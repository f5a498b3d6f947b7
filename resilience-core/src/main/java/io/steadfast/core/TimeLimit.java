package io.steadfast.core;

/** Says how long everything inside it may take. */
public non-sealed interface TimeLimit extends Policy {

    /**
     * How long this call may take.
     *
     * @param call the call about to enter
     * @return nanoseconds; zero or less means no limit
     */
    long limitNanos(Call call);

    /**
     * Whether to run the call on a thread of its own, so that the caller can leave code that is deaf to interrupts behind. Costs
     * a thread per call, and what hangs on the caller's thread (a transaction, say) does not hold there.
     *
     * @return {@code false} unless overridden
     */
    default boolean separateThread() {
        return false;
    }

    /**
     * The time is up, the call was told to end, and is still running. Called on any thread; must be quick.
     *
     * @param call the call
     */
    default void leftRunning(Call call) {}

    /**
     * A call that was left running has ended. Called once for each {@link #leftRunning}, unless the work never ends or nobody can
     * know.
     *
     * @param call the call
     */
    default void endedLate(Call call) {}
}
