package io.steadfast.failover;

import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;

import io.steadfast.core.Instance;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.time.Timer.Scheduled;
import org.jspecify.annotations.Nullable;

/**
 * Asks a source for the list of instances: again and again, each time a little sooner or later than the settings say so that callers do
 * not move in step, and out of turn when the source says that something has changed. On the timer's threads, which may block; never
 * twice at once.
 */
final class Refresh {

    /** Between two askings, however often the source says that something has changed. */
    static final long SHORTEST_GAP_NANOS = 100_000_000;

    private static final double JITTER = 0.1;

    private final ReentrantLock lock = new ReentrantLock();

    /** Held while the list is told, so that none is told after the end. */
    private final ReentrantLock telling = new ReentrantLock();

    private final InstanceSource source;

    private final PolicyRuntime runtime;

    private final Listed listed;

    private volatile long intervalNanos;

    private volatile long failures;

    private volatile @Nullable String trouble;

    private boolean asking;

    private boolean askAgain;

    private boolean closed;

    private boolean answered;

    private int failuresInARow;

    private long lastAsked;

    private @Nullable Scheduled planned;

    private long plannedAt;

    private Runnable stopListening = () -> {};

    /** Told what the source has named; nothing, if it has failed. */
    interface Listed {

        void accept(List<Instance> instances);
    }

    Refresh(InstanceSource source, PolicyRuntime runtime, long intervalNanos, Listed listed) {
        this.source = source;
        this.runtime = runtime;
        this.intervalNanos = intervalNanos;
        this.listed = listed;
    }

    InstanceSource source() {
        return source;
    }

    /** A list that does not change is known at once. */
    void start() {
        lastAsked = runtime.ticker().nanos() - SHORTEST_GAP_NANOS;
        if (source instanceof FixedSource fixed) {
            take(fixed.instances());
            return;
        }
        try {
            stopListening = source.onChange(this::askSoon);
        } catch (RuntimeException deaf) {
            trouble = "the source cannot tell of changes: " + deaf;
        }
        askSoon();
    }

    void every(long nanos) {
        intervalNanos = nanos;
    }

    void close() {
        telling.lock();
        lock.lock();
        try {
            closed = true;
            if (planned != null) {
                planned.cancel();
                planned = null;
            }
        } finally {
            lock.unlock();
            telling.unlock();
        }
        try {
            stopListening.run();
        } catch (RuntimeException deaf) {
            trouble = "the source cannot stop telling of changes: " + deaf;
        }
    }

    /** Asks as soon as a thread is free, or as the asking under way is over. */
    void askSoon() {
        lock.lock();
        try {
            if (asking) {
                askAgain = true;
            } else if (!(source instanceof FixedSource)) {
                plan(Math.max(
                        0, lastAsked + SHORTEST_GAP_NANOS - runtime.ticker().nanos()));
            }
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    String trouble() {
        return trouble;
    }

    long failures() {
        return failures;
    }

    private void ask() {
        lock.lock();
        try {
            planned = null;
            if (asking || closed) {
                return;
            }
            asking = true;
            askAgain = false;
            lastAsked = runtime.ticker().nanos();
        } finally {
            lock.unlock();
        }
        try {
            take(source.instances());
        } catch (Throwable unknown) { // an Error of a registry's client must not end the asking
            fail("the source failed: " + unknown);
        } finally {
            planNext();
        }
    }

    @SuppressWarnings("NullAway") // a source of the application may break its word
    private void take(List<Instance> named) {
        NamedInstances clean = NamedInstances.of(named);
        if (clean.instances().isEmpty()) {
            fail(String.valueOf(clean.trouble()));
            return;
        }
        trouble = clean.trouble();
        answered = true;
        failuresInARow = 0;
        tell(clean.instances());
    }

    private void fail(String why) {
        trouble = why;
        failuresInARow++;
        long count = failures + 1; // nobody else writes: there is one asking at a time
        failures = count;
        tell(List.of());
    }

    private void tell(List<Instance> instances) {
        telling.lock();
        try {
            if (!isClosed()) { // or it is the answer of a source that serves no more
                listed.accept(instances);
            }
        } finally {
            telling.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void planNext() {
        lock.lock();
        try {
            asking = false;
            plan(askAgain ? SHORTEST_GAP_NANOS : nextGap());
        } finally {
            lock.unlock();
        }
    }

    /** As long as there is no list at all, calls are refused: then it asks more often. */
    private long nextGap() {
        long gap = intervalNanos;
        if (!answered) {
            gap = Math.min(gap, SHORTEST_GAP_NANOS << Math.min(failuresInARow, 10));
        }
        return (long) (gap * (1 + JITTER * (2 * runtime.random().nextDouble() - 1)));
    }

    private void plan(long delayNanos) {
        long at = runtime.ticker().nanos() + delayNanos;
        if (closed || (planned != null && plannedAt - at <= 0)) {
            return;
        }
        if (planned != null) {
            planned.cancel();
        }
        try {
            planned = runtime.timer().schedule(this::ask, delayNanos);
            plannedAt = at;
        } catch (RejectedExecutionException shutDown) {
            planned = null;
            trouble = "the list is not refreshed any more: " + shutDown;
        }
    }
}
