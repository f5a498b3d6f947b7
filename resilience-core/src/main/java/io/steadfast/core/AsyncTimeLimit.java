package io.steadfast.core;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.AsyncCall.Abort;
import io.steadfast.core.time.Timer;
import org.jspecify.annotations.Nullable;

/** Runs the rest, and ends it when the time is up. */
record AsyncTimeLimit(PolicySlot<TimeLimit> slot, int depth, AsyncStep next, Timer timer, Reporter reporter)
        implements AsyncStep {

    @Override
    public void run(AsyncCall async, Completion then) {
        TimeLimit limit = slot.policy();
        long nanos = Judgement.limitNanos(limit, async.call(), reporter);
        if (nanos <= 0) {
            next.run(async, then);
            return;
        }
        Alarm alarm = new Alarm(limit, nanos, async, then);
        try {
            alarm.scheduled = timer.schedule(alarm, nanos);
        } catch (Throwable rejected) {
            then.done(null, rejected);
            return;
        }
        next.run(async, alarm);
    }

    /**
     * Decides the race between outcome and alarm. If both come at once, the outcome waits in the alarm's hands until the
     * order to end has been given; otherwise the order could hit an attempt that a retry further out has just begun.
     */
    private final class Alarm extends AtomicInteger implements Runnable, Completion {

        private static final int SET = 0;
        private static final int RINGING = 1;
        private static final int RUNG = 2;
        private static final int OUTCOME_WAITS = 3;
        private static final int OFF = 4;

        private final transient TimeLimit limit;

        private final transient AsyncCall async;

        private final transient Completion then;

        private final transient CallTimeoutException timeout;

        private final transient Abort order;

        private transient Timer.@Nullable Scheduled scheduled;

        Alarm(TimeLimit limit, long nanos, AsyncCall async, Completion then) {
            super(SET);
            this.limit = limit;
            this.async = async;
            this.then = then;
            this.timeout = new CallTimeoutException(async.call().name(), Duration.ofNanos(nanos));
            this.order = new Abort(depth, timeout);
        }

        @Override
        public void run() {
            if (!compareAndSet(SET, RINGING)) {
                return;
            }
            reporter.timedOut(limit, async.call(), timeout.limit().toNanos());
            async.abort(order);
            if (!compareAndSet(RINGING, RUNG)) {
                timedOut();
            }
        }

        @Override
        public void done(@Nullable Object result, @Nullable Throwable failure) {
            if (compareAndSet(SET, OFF)) {
                if (scheduled != null) {
                    scheduled.cancel();
                }
                then.done(result, failure);
            } else if (!compareAndSet(RINGING, OUTCOME_WAITS)) {
                timedOut();
            }
        }

        private void timedOut() {
            async.fulfilled(order);
            then.done(null, timeout);
        }
    }
}
