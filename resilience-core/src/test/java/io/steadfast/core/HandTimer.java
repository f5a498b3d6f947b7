package io.steadfast.core;

import java.util.Comparator;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.steadfast.core.time.Alarm;
import io.steadfast.core.time.Signal;
import io.steadfast.core.time.Ticker;
import io.steadfast.core.time.Timer;

/**
 * A timer whose tasks run when a test says so, with a clock that counts its readings. Whoever sleeps or waits moves the clock
 * instead, and runs what falls due on the way.
 */
final class HandTimer implements Timer, Ticker {

    final AtomicInteger clockReads = new AtomicInteger();

    final AtomicInteger sleeps = new AtomicInteger();

    boolean rejecting;

    private final AtomicLong now = new AtomicLong();

    private final AtomicLong sequence = new AtomicLong();

    private final NavigableSet<Task> tasks = new ConcurrentSkipListSet<>();

    @Override
    public long nanos() {
        clockReads.incrementAndGet();
        return now.get();
    }

    @Override
    public void sleep(long nanos) throws InterruptedException {
        sleeps.incrementAndGet();
        long until = later(nanos);
        do {
            throwIfInterrupted();
        } while (runDue(until));
        moveTo(until);
    }

    @Override
    public boolean await(Signal signal, long nanos) throws InterruptedException {
        long until = later(nanos);
        throwIfInterrupted();
        while (!signal.isGiven() && runDue(until)) {
            throwIfInterrupted();
        }
        if (!signal.isGiven()) {
            moveTo(until);
        }
        return signal.isGiven();
    }

    @Override
    public Scheduled schedule(Runnable task, long delayNanos) {
        if (rejecting) {
            throw new RejectedExecutionException("timer is shut down");
        }
        Task added = new Task(later(delayNanos), sequence.incrementAndGet(), task);
        tasks.add(added);
        return () -> tasks.remove(added);
    }

    /** Like the system's alarms, reads the clock unless it is handed a reading. */
    @Override
    public Alarm alarm(Runnable ring) {
        Alarm alarm = Timer.super.alarm(ring);
        return new Alarm() {
            @Override
            public void set(long delayNanos) {
                clockReads.incrementAndGet();
                alarm.set(delayNanos);
            }

            @Override
            public void setFrom(Ticker ticker, long sinceNanos, long delayNanos) {
                if (ticker == HandTimer.this) {
                    alarm.set(sinceNanos + delayNanos - now.get());
                } else {
                    set(delayNanos);
                }
            }

            @Override
            public boolean clear() {
                return alarm.clear();
            }

            @Override
            public void release() {
                alarm.release();
            }
        };
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

    /** Lets time pass, and runs what falls due. */
    void advance(long nanos) {
        long until = later(nanos);
        while (runDue(until)) {
            // each task may schedule others
        }
        moveTo(until);
    }

    /** Lets time pass without running anything: the timer is late. */
    void lag(long nanos) {
        moveTo(later(nanos));
    }

    /** Lets time pass until something is due, and runs it. */
    void runNext() {
        if (!runDue(Long.MAX_VALUE)) {
            throw new AssertionError("no task is left");
        }
    }

    void runAll() {
        while (runDue(Long.MAX_VALUE)) {
            // each task may schedule others
        }
    }

    private boolean runDue(long until) {
        Task first = tasks.isEmpty() ? null : tasks.first();
        if (first == null || first.due > until) {
            return false;
        }
        tasks.remove(first);
        moveTo(first.due);
        first.body.run();
        return true;
    }

    private void moveTo(long time) {
        now.accumulateAndGet(time, Math::max);
    }

    private long later(long nanos) {
        long then = now.get() + Math.max(0, nanos);
        return then < 0 ? Long.MAX_VALUE : then;
    }

    private static void throwIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private record Task(long due, long sequence, Runnable body) implements Comparable<Task> {

        private static final Comparator<Task> EARLIEST =
                Comparator.comparingLong(Task::due).thenComparingLong(Task::sequence);

        @Override
        public int compareTo(Task other) {
            return EARLIEST.compare(this, other);
        }
    }
}
