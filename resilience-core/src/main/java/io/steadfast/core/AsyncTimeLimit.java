package io.steadfast.core;

/** Runs the rest, and ends it when the time is up. The limit is the call's deadline until it is left. */
record AsyncTimeLimit(PolicySlot<TimeLimit> slot, int depth, AsyncStep next, PolicyRuntime runtime, Reporter reporter)
        implements AsyncStep {

    @Override
    public void run(AsyncCall async, Completion then) {
        TimeLimit limit = slot.policy();
        Call call = async.call();
        long nanos = Judgement.limitNanos(limit, call, reporter);
        if (nanos <= 0) {
            next.run(async, then);
            return;
        }
        long start = call.attemptNanos();
        boolean bounded = call.isBounded();
        long outer = call.deadlineNanos();
        call.boundBy(CallThread.later(start, nanos));
        Completion leave = (result, failure) -> {
            call.bound(bounded, outer);
            then.done(result, failure);
        };
        long left = call.deadlineNanos() - start;
        if (left <= 0) {
            leave.done(null, Admission.refuseLate(call, reporter));
            return;
        }
        AsyncAlarm alarm = new AsyncAlarm(limit, depth, left, async, leave, runtime, reporter);
        try {
            alarm.set(start);
            boolean separately = Judgement.separateThread(limit, call, reporter);
            call.limited(separately);
            if (separately) {
                runtime.timer().schedule(async.carry(() -> next.run(async, alarm)), 0);
                return;
            }
        } catch (Throwable rejected) {
            alarm.done(null, rejected);
            return;
        }
        next.run(async, alarm);
    }
}
