package io.steadfast.core;

import org.jspecify.annotations.Nullable;

/** Asking recoveries and limits, the same for all drivers. One that throws has no opinion. */
final class Judgement {

    private Judgement() {}

    /** Notes the time of entry for a recovery that will ask for it. */
    static void prepare(Recovery recovery, Call call, Reporter reporter) {
        try {
            if (recovery.timed()) {
                call.enteredNanos();
            }
        } catch (Throwable broken) {
            reporter.policyFailed(recovery, call, broken);
        }
    }

    /** Zero if there is no limit, or nobody knows it. */
    static long limitNanos(TimeLimit limit, Call call, Reporter reporter) {
        try {
            return limit.limitNanos(call);
        } catch (Throwable broken) {
            reporter.policyFailed(limit, call, broken);
            return 0;
        }
    }

    static Verdict of(
            Recovery recovery,
            Call call,
            int attempt,
            @Nullable Object result,
            @Nullable Throwable failure,
            Reporter reporter) {
        if (call.limitReached() || (failure != null && call.concernsNobody(failure))) {
            return Verdict.keep();
        }
        try {
            return recovery.judge(call, attempt, result, failure);
        } catch (Throwable broken) {
            reporter.policyFailed(recovery, call, broken);
            return Verdict.keep();
        }
    }
}
