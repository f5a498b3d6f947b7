package io.steadfast.core.time;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

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
     * Blocks the calling thread until it is signalled.
     *
     * @param signal what to wait for
     * @param nanos how long at most, in nanoseconds
     * @return {@code false} if the time passed first
     * @throws InterruptedException if the thread is interrupted before or during the wait
     */
    default boolean await(Signal signal, long nanos) throws InterruptedException {
        if (nanos <= 0) {
            return signal.isGiven();
        }
        AtomicBoolean late = new AtomicBoolean();
        Scheduled end = schedule(
                () -> {
                    late.set(!signal.isGiven());
                    signal.run();
                },
                nanos);
        try {
            signal.await();
        } finally {
            end.cancel();
        }
        return !late.get();
    }

    /**
     * Makes an alarm. Unlike {@link #schedule} it is meant to be taken back: with the system timer setting and clearing it cost no
     * more than a few memory accesses. It rings up to a millisecond late there, and later on a machine that is overloaded.
     *
     * @param ring what it does; runs on the timer's own thread, where all other alarms wait for it, so it must be quick and must
     *     not block
     * @return an alarm that is not set
     */
    default Alarm alarm(Runnable ring) {
        return new ScheduledAlarm(this, ring);
    }

    /**
     * The timer all drivers use unless given another: a daemon thread keeps the time of tasks and another that of alarms, and
     * tasks run on daemon threads of their own (virtual ones where the JVM has them), so that a blocking task delays no other.
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
