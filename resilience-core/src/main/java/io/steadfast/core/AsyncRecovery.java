package io.steadfast.core;

import java.util.concurrent.atomic.AtomicReference;

import io.steadfast.core.Verdict.Again;
import io.steadfast.core.Verdict.Instead;
import io.steadfast.core.time.Timer;
import org.jspecify.annotations.Nullable;

/** Runs the rest, asks the policy about the outcome, and repeats or replaces it. */
record AsyncRecovery(PolicySlot<Recovery> slot, int depth, AsyncStep next, Timer timer, Reporter reporter)
        implements AsyncStep {

    @Override
    public void run(AsyncCall async, Completion then) {
        Recovery recovery = slot.policy();
        Judgement.prepare(recovery, async.call(), reporter);
        next.run(async, new Loop(recovery, async, then));
    }

    /** The state of one call in this step. Touched by one thread at a time: outcomes come one after the other. */
    private final class Loop implements Completion {

        private final Recovery recovery;

        private final AsyncCall async;

        private final Completion then;

        private int attempt;

        private @Nullable History history;

        Loop(Recovery recovery, AsyncCall async, Completion then) {
            this.recovery = recovery;
            this.async = async;
            this.then = then;
        }

        @Override
        public void done(@Nullable Object result, @Nullable Throwable failure) {
            attempt++;
            Verdict verdict = judge(result, failure);
            if (verdict instanceof Again again) {
                history = History.of(history, failure);
                async.call().repeating();
                reporter.retrying(recovery, async.call(), attempt, again.delayNanos(), failure);
                new Wait(this, result, failure).begin(again.delayNanos());
            } else if (verdict instanceof Instead instead) {
                replace(instead, failure);
            } else {
                settle(result, failure);
            }
        }

        private Verdict judge(@Nullable Object result, @Nullable Throwable failure) {
            if (async.isToldToEnd(depth)) {
                return Verdict.keep();
            }
            Verdict verdict = Judgement.of(recovery, async.call(), attempt, result, failure, reporter);
            return async.call().hasEmitted() && !recovery.afterFirstElement() ? Verdict.keep() : verdict;
        }

        void runAgain() {
            next.run(async, this);
        }

        void settle(@Nullable Object result, @Nullable Throwable failure) {
            then.done(result, failure == null ? null : History.conclude(history, failure));
        }

        private void replace(Instead instead, @Nullable Throwable failure) {
            Call call = async.call();
            reporter.substituting(recovery, call, failure);
            Attempt substitute = Attempt.ofFallback(async, (replacement, secondFailure) -> {
                if (secondFailure == null) {
                    call.substituted();
                } else if (!async.isToldToEnd(depth)) {
                    reporter.substituteFailed(recovery, call, secondFailure);
                }
                if (secondFailure != null && failure != null) {
                    History.suppress(failure, secondFailure);
                }
                then.done(replacement, secondFailure);
            });
            async.begin(substitute);
            if (substitute.isOver()) {
                substitute.workEnded();
                return;
            }
            async.carry(() -> enter(instead, substitute)).run(); // this may be any thread, such as an HTTP client's
        }

        private void enter(Instead instead, Attempt substitute) {
            Deadline outer = CallThread.swap(substitute.deadline());
            try {
                follow(instead, substitute);
            } finally {
                CallThread.replace(outer);
            }
        }

        private void follow(Instead instead, Attempt substitute) {
            Object returned;
            try {
                returned = instead.replacement().call();
            } catch (Throwable thrown) {
                substitute.done(null, thrown);
                return;
            }
            AsyncDriver.follow(async, returned, true, substitute);
        }
    }

    /** The time between two attempts. Ends when the timer says so, when the call is told to end, or not at all. */
    private final class Wait extends AtomicReference<Timer.@Nullable Scheduled> implements AsyncCall.Pending {

        private static final Timer.Scheduled OVER = () -> {};

        private final transient Loop loop;

        private final transient @Nullable Object result;

        private final transient @Nullable Throwable failure;

        private final transient long since;

        Wait(Loop loop, @Nullable Object result, @Nullable Throwable failure) {
            this.loop = loop;
            this.result = result;
            this.failure = failure;
            this.since = reporter.waitBegins(loop.async.call());
        }

        void begin(long delayNanos) {
            loop.async.begin(this);
            if (get() == OVER) {
                return;
            }
            Timer.Scheduled scheduled;
            try {
                scheduled = timer.schedule(loop.async.carry(this::elapsed), delayNanos);
            } catch (Throwable rejected) {
                if (getAndSet(OVER) != OVER) {
                    reporter.retryAbandoned(
                            loop.recovery, loop.async.call(), "the timer takes no more tasks", rejected);
                    loop.settle(result, failure);
                }
                return;
            }
            if (!compareAndSet(null, scheduled)) {
                scheduled.cancel();
            }
        }

        private void elapsed() {
            if (getAndSet(OVER) != OVER) {
                reporter.waited(loop.recovery, loop.async.call(), since);
                loop.runAgain();
            }
        }

        @Override
        public void end(Throwable cause) {
            Timer.Scheduled scheduled = getAndSet(OVER);
            if (scheduled != OVER) {
                if (scheduled != null) {
                    scheduled.cancel();
                }
                reporter.waited(loop.recovery, loop.async.call(), since);
                loop.settle(null, cause);
            }
        }
    }
}
