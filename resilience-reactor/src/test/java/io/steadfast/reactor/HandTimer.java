package io.steadfast.reactor;

import java.util.Comparator;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.ResilienceListener;
import io.steadfast.core.time.Signal;
import io.steadfast.core.time.Ticker;
import io.steadfast.core.time.Timer;

/** A timer whose tasks run when a test says so, and the clock that goes with it. */
final class HandTimer implements Timer, Ticker {

    boolean rejecting;

    private final AtomicLong now = new AtomicLong();

    private final AtomicLong sequence = new AtomicLong();

    private final NavigableSet<Task> tasks = new ConcurrentSkipListSet<>();

    @Override
    public long nanos() {
        return now.get();
    }

    @Override
    public void sleep(long nanos) {
        throw new AssertionError("the Reactor driver blocks no thread");
    }

    @Override
    public boolean await(Signal signal, long nanos) {
        throw new AssertionError("the Reactor driver blocks no thread");
    }

    @Override
    public Scheduled schedule(Runnable task, long delayNanos) {
        if (rejecting) {
            throw new RejectedExecutionException("timer is shut down");
        }
        Task added = new Task(now.get() + delayNanos, sequence.incrementAndGet(), task);
        tasks.add(added);
        return () -> tasks.remove(added);
    }

    PolicyRuntime runtime(ResilienceListener listener) {
        return new PolicyRuntime(this, this, listener);
    }

    int pending() {
        return tasks.size();
    }

    /** Lets time pass, and runs what falls due. */
    void advance(long nanos) {
        long until = now.get() + nanos;
        while (!tasks.isEmpty() && tasks.first().due <= until) {
            runNext();
        }
        now.accumulateAndGet(until, Math::max);
    }

    /** Lets time pass without running anything: the timer is late. */
    void lag(long nanos) {
        now.addAndGet(nanos);
    }

    /** Lets time pass until something is due, and runs it. */
    void runNext() {
        Task first = tasks.first();
        tasks.remove(first);
        now.accumulateAndGet(first.due, Math::max);
        first.body.run();
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
