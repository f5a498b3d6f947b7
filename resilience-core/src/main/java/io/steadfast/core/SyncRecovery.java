package io.steadfast.core;

import io.steadfast.core.Verdict.Again;
import io.steadfast.core.Verdict.Instead;
import io.steadfast.core.time.Timer;
import org.jspecify.annotations.Nullable;

/** Runs the rest, asks the policy about the outcome, and repeats or replaces it. */
record SyncRecovery(PolicySlot<Recovery> slot, SyncStep next, Timer timer, Reporter reporter) implements SyncStep {

    @Override
    public @Nullable Object run(Call call) throws Throwable {
        Recovery recovery = slot.policy();
        Judgement.prepare(recovery, call, reporter);
        History history = null;
        for (int attempt = 1; ; attempt++) {
            Object result = null;
            Throwable failure = null;
            try {
                result = next.run(call);
            } catch (Throwable thrown) {
                failure = thrown;
            }
            Verdict verdict = Judgement.of(recovery, call, attempt, result, failure, reporter);
            if (failure == null && verdict == Verdict.keep()) {
                return result; // nearly every call ends here
            }
            if (verdict instanceof Again again) {
                history = History.of(history, failure);
                call.repeating();
                reporter.retrying(recovery, call, attempt, again.delayNanos(), failure);
                InterruptedException interrupt = interrupted(recovery, call, again.delayNanos());
                if (interrupt == null) {
                    continue;
                }
                String who = CallThread.interruptedByLimit() ? "time ran out" : "the caller was interrupted";
                reporter.retryAbandoned(recovery, call, who + " while it waited", interrupt);
                if (failure != null) {
                    History.suppress(interrupt, failure);
                }
            } else if (verdict instanceof Instead instead) {
                return replace(recovery, call, instead, failure);
            }
            if (failure == null) {
                return result;
            }
            throw History.conclude(history, failure);
        }
    }

    /** Waits. An interrupt ends the wait, and the whole retrying, at once. */
    private @Nullable InterruptedException interrupted(Recovery recovery, Call call, long delayNanos) {
        long since = reporter.waitBegins(call);
        try {
            timer.sleep(delayNanos);
            return null;
        } catch (InterruptedException interrupt) {
            return interrupt;
        } finally {
            reporter.waited(recovery, call, since);
        }
    }

    private @Nullable Object replace(Recovery recovery, Call call, Instead instead, @Nullable Throwable failure)
            throws Throwable {
        reporter.substituting(recovery, call, failure);
        try {
            Object replacement = instead.replacement().call();
            call.substituted();
            return replacement;
        } catch (Throwable secondFailure) {
            reporter.substituteFailed(recovery, call, secondFailure);
            if (failure != null) {
                History.suppress(failure, secondFailure);
            }
            throw secondFailure;
        }
    }
}
