package io.steadfast.core.time;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@link Timer} of the JVM.
 *
 * <p>A task is an alarm until its time has come, because an executor's queue has a lock: an event loop that takes a task back
 * while others schedule theirs would be parked. The watchdog does not start workers itself, or alarms that are due at the same
 * time would wait for that.
 */
enum SystemTimer implements Timer {
    INSTANCE;

    private final Executor workers = workers();

    /** Hands tasks whose time has come to workers. */
    private final Executor dispatcher = Executors.newSingleThreadExecutor(daemons("steadfast-timer-"));

    private final Watchdog watchdog = new WatchdogThread(daemons("steadfast-watchdog-")).watchdog();

    @Override
    public void sleep(long nanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (nanos > 0) {
            TimeUnit.NANOSECONDS.sleep(nanos);
        }
    }

    @Override
    public boolean await(Signal signal, long nanos) throws InterruptedException {
        return signal.await(nanos);
    }

    @Override
    public Scheduled schedule(Runnable task, long delayNanos) {
        if (delayNanos <= 0) {
            workers.execute(task);
            return () -> {};
        }
        return new AlarmedTask(
                watchdog,
                delayNanos,
                due -> dispatcher.execute(() -> {
                    due.cancel(); // its alarm is free for others
                    hand(task);
                }));
    }

    @Override
    public Alarm alarm(Runnable ring) {
        return watchdog.alarm(ring);
    }

    /** A JVM that cannot start one more thread must not lose a task: a call would wait for it for ever. */
    private void hand(Runnable task) {
        try {
            workers.execute(task);
        } catch (Throwable noThread) {
            task.run();
        }
    }

    /** Virtual threads are looked up by name because this class is compiled for Java 17. */
    private static Executor workers() {
        try {
            return VirtualThreads.perTask();
        } catch (Throwable noVirtualThreads) {
            return Executors.newCachedThreadPool(daemons("steadfast-worker-"));
        }
    }

    /**
     * Threads that belong to nobody: whoever happens to make the first one must not hand its inheritable thread locals (a
     * user, for example) and its class loader on to the tasks of all others.
     */
    private static ThreadFactory daemons(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(null, task, prefix + count.incrementAndGet(), 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(SystemTimer.class.getClassLoader());
            return thread;
        };
    }
}
