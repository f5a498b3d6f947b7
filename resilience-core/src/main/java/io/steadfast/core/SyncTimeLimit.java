package io.steadfast.core;

import java.time.Duration;

import io.steadfast.core.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Runs the rest on the caller's own thread and interrupts that thread when the time is up. Code that is deaf to interrupts
 * ends as a timeout when it returns. The limit is the call's deadline until it is left.
 */
record SyncTimeLimit(PolicySlot<TimeLimit> slot, SyncStep next, PolicyRuntime runtime, Reporter reporter)
        implements SyncStep {

    @Override
    public @Nullable Object run(Call call) throws Throwable {
        TimeLimit limit = slot.policy();
        long nanos = Judgement.limitNanos(limit, call, reporter);
        if (nanos <= 0) {
            return next.run(call);
        }
        long start = call.attemptNanos();
        boolean bounded = call.isBounded();
        long outer = call.deadlineNanos();
        call.boundBy(CallThread.later(start, nanos));
        long left = call.deadlineNanos() - start;
        try {
            if (left <= 0) {
                throw Admission.refuseLate(call, reporter);
            }
            return Judgement.separateThread(limit, call, reporter)
                    ? new SeparateThread(limit, call, next, runtime, reporter).run(left)
                    : runWithin(limit, call, start, left);
        } finally {
            call.bound(bounded, outer);
        }
    }

    private @Nullable Object runWithin(TimeLimit limit, Call call, long start, long left) throws Throwable {
        CallThread thread = CallThread.current();
        Ticker outerTicker = thread.ticker();
        long outerDeadline = thread.deadlineNanos();
        ThreadAlarm alarm = thread.alarms().enter(runtime.timer());
        Object result = null;
        Throwable failure = null;
        boolean rung;
        try {
            alarm.set(limit, call, start, left);
            thread.open(call.ticker(), call.deadlineNanos());
            result = next.run(call);
        } catch (Throwable thrown) {
            failure = thrown;
        }
        try {
            rung = alarm.clear(failure);
        } finally { // also if the stack is at its end
            thread.alarms().leave(alarm);
            thread.open(outerTicker, outerDeadline);
        }
        if (failure == null && !rung) {
            return result; // nearly every call ends here
        }
        throw conclude(limit, call, left, rung, failure);
    }

    private Throwable conclude(TimeLimit limit, Call call, long left, boolean rung, @Nullable Throwable failure) {
        if (failure != null && !Judgement.endedByLimit(call, failure, rung)) {
            return failure;
        }
        if (!rung && CallThread.limitReached()) {
            Thread.currentThread().interrupt(); // a limit further out did this; what it is around is to know
        }
        reporter.timedOut(limit, call, left);
        CallTimeoutException timeout = new CallTimeoutException(call.name(), Duration.ofNanos(left));
        if (failure != null) {
            History.suppress(failure, timeout);
        }
        return timeout;
    }
}
