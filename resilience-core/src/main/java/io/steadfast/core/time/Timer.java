package io.steadfast.core.time;

import java.util.concurrent.RejectedExecutionException;

/**
 * Waiting, in the two ways drivers need it: blocking the calling thread, or being called back later.
 *
 * <p>Implementations are thread-safe.
 */
public interface Timer {

    /**
     * Blocks the calling thread.
     *
     * @param nanos how long, in nanoseconds; zero or less returns at once
     * @throws InterruptedException if the thread is interrupted before or during the wait, whatever {@code nanos} is
     */
    void sleep(long nanos) throws InterruptedException;

    /**
     * Runs a task later, on a thread that may block.
     *
     * @param task what to run, once
     * @param delayNanos how long to wait first, in nanoseconds; zero or less means as soon as a thread is free
     * @return a handle that takes the task back
     * @throws RejectedExecutionException if the timer accepts no more tasks
     */
    Scheduled schedule(Runnable task, long delayNanos);

    /**
     * The timer all drivers use unless given another: one daemon thread keeps the time, and tasks run on daemon threads
     * of their own (virtual ones where the JVM has them), so that a blocking task delays no other.
     *
     * @return the shared system timer
     */
    static Timer system() {
        return SystemTimer.INSTANCE;
    }

    /** A task that has been scheduled. */
    @FunctionalInterface
    interface Scheduled {

        /** Takes the task back if it has not started; otherwise does nothing. Never interrupts a running task. */
        void cancel();
    }
}
