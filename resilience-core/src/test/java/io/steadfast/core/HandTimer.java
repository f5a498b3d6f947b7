package io.steadfast.core;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.time.Ticker;
import io.steadfast.core.time.Timer;

/** A timer whose tasks run when a test says so, with a clock that counts its readings. Sleeping takes no time. */
final class HandTimer implements Timer, Ticker {

    final AtomicInteger clockReads = new AtomicInteger();

    final AtomicInteger sleeps = new AtomicInteger();

    boolean rejecting;

    private long now;

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    @Override
    public long nanos() {
        clockReads.incrementAndGet();
        return now;
    }

    @Override
    public void sleep(long nanos) throws InterruptedException {
        sleeps.incrementAndGet();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        now += nanos;
    }

    @Override
    public Scheduled schedule(Runnable task, long delayNanos) {
        if (rejecting) {
            throw new RejectedExecutionException("timer is shut down");
        }
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    PolicyRuntime runtime() {
        return runtime(ResilienceListener.NONE);
    }

    PolicyRuntime runtime(ResilienceListener listener) {
        return new PolicyRuntime(this, this, listener);
    }

    int pending() {
        return tasks.size();
    }

    void runNext() {
        tasks.remove().run();
    }

    void runAll() {
        while (!tasks.isEmpty()) {
            runNext();
        }
    }
}
