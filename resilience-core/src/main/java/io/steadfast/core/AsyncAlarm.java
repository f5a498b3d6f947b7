package io.steadfast.core;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.AsyncCall.Abort;
import io.steadfast.core.time.Alarm;
import org.jspecify.annotations.Nullable;

/**
 * Decides the race between outcome and alarm. If both come at once, the outcome waits in the alarm's hands until the order to
 * end has been given; otherwise the order could hit an attempt that a retry further out has just begun.
 */
final class AsyncAlarm extends AtomicInteger implements Completion {

    private static final int SET = 0;
    private static final int RINGING = 1;
    private static final int RUNG = 2;
    private static final int OUTCOME_WAITS = 3;
    private static final int OFF = 4;

    private final transient TimeLimit limit;

    private final transient long nanos;

    private final transient AsyncCall async;

    private final transient Completion then;

    private final transient PolicyRuntime runtime;

    private final transient Reporter reporter;

    private final transient Alarm alarm;

    private final transient Abort order;

    private transient @Nullable Throwable lateFailure;

    AsyncAlarm(
            TimeLimit limit,
            int depth,
            long nanos,
            AsyncCall async,
            Completion then,
            PolicyRuntime runtime,
            Reporter reporter) {
        super(SET);
        this.limit = limit;
        this.nanos = nanos;
        this.async = async;
        this.then = then;
        this.runtime = runtime;
        this.reporter = reporter;
        this.order = new Abort(depth, new CallTimeoutException(async.call().name(), Duration.ofNanos(nanos)));
        this.alarm = runtime.timer().alarm(this::ring);
    }

    void set(long start) {
        alarm.setFrom(async.call().ticker(), start, nanos);
    }

    /** On the timer's own thread, which must not run what the application does on being cancelled. */
    private void ring() {
        Runnable task = async.carry(this::timeOut);
        try {
            runtime.timer().schedule(task, 0);
        } catch (Throwable rejected) {
            task.run();
        }
    }

    private void timeOut() {
        if (!compareAndSet(SET, RINGING)) {
            return;
        }
        AsyncCall.Pending running = async.pending();
        async.abort(order);
        if (running != null) {
            running.attempts(this::watch);
        }
        if (!compareAndSet(RINGING, RUNG)) {
            timedOut(lateFailure);
        }
    }

    /** Counts work that goes on although it was cancelled. */
    private void watch(Attempt attempt) {
        if (!attempt.wasEnded()) {
            return;
        }
        Judgement.leftRunning(limit, async.call(), reporter);
        Runnable ended = () -> Judgement.endedLate(limit, async.call(), reporter);
        if (!attempt.whenWorkEnds(ended)) {
            ended.run();
        }
    }

    @Override
    public void done(@Nullable Object result, @Nullable Throwable failure) {
        if (compareAndSet(SET, OFF)) {
            alarm.release();
            if (failure == null) {
                then.done(result, null);
            } else {
                conclude(failure, false);
            }
            return;
        }
        lateFailure = failure;
        if (!compareAndSet(RINGING, OUTCOME_WAITS)) {
            timedOut(failure);
        }
    }

    private void timedOut(@Nullable Throwable failure) {
        alarm.release();
        async.fulfilled(order);
        conclude(failure, true);
    }

    /** What the caller, or a limit further out, has ended stays theirs. */
    private void conclude(@Nullable Throwable failure, boolean rung) {
        if (failure != null
                && (async.isOrderedFromOutside(order.depth(), failure)
                        || !Judgement.endedByLimit(async.call(), failure, rung))) {
            then.done(null, failure);
            return;
        }
        reporter.timedOut(limit, async.call(), nanos);
        Throwable timeout = order.cause();
        if (failure != null) {
            History.suppress(failure, timeout);
        }
        then.done(null, timeout);
    }
}
