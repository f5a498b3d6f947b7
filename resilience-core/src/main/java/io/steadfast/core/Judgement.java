package io.steadfast.core;

import io.steadfast.core.Verdict.Again;
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

    static boolean separateThread(TimeLimit limit, Call call, Reporter reporter) {
        try {
            return limit.separateThread();
        } catch (Throwable broken) {
            reporter.policyFailed(limit, call, broken);
            return false;
        }
    }

    static void leftRunning(TimeLimit limit, Call call, Reporter reporter) {
        try {
            limit.leftRunning(call);
        } catch (Throwable broken) {
            reporter.policyFailed(limit, call, broken);
        }
    }

    static void endedLate(TimeLimit limit, Call call, Reporter reporter) {
        try {
            limit.endedLate(call);
        } catch (Throwable broken) {
            reporter.policyFailed(limit, call, broken);
        }
    }

    /**
     * Whether a failure is the doing of a limit: its alarm has rung, or its time was up. Two failures stay what they are: that the
     * call was refused for want of time, which says more, and an interrupt of somebody else's.
     */
    static boolean endedByLimit(Call call, Throwable failure, boolean rung) {
        if (failure instanceof DeadlineExceededException refusal
                && refusal.callName().equals(call.name())) {
            return false;
        }
        if (call.isSuperseded()) {
            return false; // nobody waits for it any more
        }
        return rung || (call.remainingNanos() <= 0 && !call.concernsNobody(failure));
    }

    static Verdict of(
            Recovery recovery,
            Call call,
            int attempt,
            @Nullable Object result,
            @Nullable Throwable failure,
            Reporter reporter) {
        if (call.isSuperseded() || (failure != null && (CallThread.limitReached() || call.concernsNobody(failure)))) {
            return Verdict.keep();
        }
        Verdict verdict;
        try {
            verdict = recovery.judge(call, attempt, result, failure);
        } catch (Throwable broken) {
            reporter.policyFailed(recovery, call, broken);
            return Verdict.keep();
        }
        return verdict == Verdict.keep() || isPossible(verdict, recovery, call, failure, reporter)
                ? verdict
                : Verdict.keep();
    }

    /** Whether there is time left for what a recovery wants. If not, the caller learns it at once, and not after a wait. */
    private static boolean isPossible(
            Verdict verdict, Recovery recovery, Call call, @Nullable Throwable failure, Reporter reporter) {
        if (CallThread.limitReached()) {
            return false;
        }
        if (!(verdict instanceof Again again)) {
            return true;
        }
        long left = call.remainingNanos();
        if (again.delayNanos() < left) {
            return true;
        }
        DeadlineExceededException refusal = new DeadlineExceededException(call.name(), null);
        reporter.retryAbandoned(recovery, call, tooLate(again.delayNanos(), left), refusal);
        if (failure != null) {
            History.suppress(refusal, failure);
        }
        return false;
    }

    private static String tooLate(long delayNanos, long left) {
        return left <= 0
                ? "the deadline has passed"
                : "the next attempt, in " + Durations.text(delayNanos) + ", would begin after the deadline, in "
                        + Durations.text(left);
    }

    /** {@link Race#NEVER} for a race that cannot say. */
    static long delayNanos(Race race, Call call, int started, Reporter reporter) {
        try {
            return Math.max(0, race.delayNanos(call, started));
        } catch (Throwable broken) {
            reporter.policyFailed(race, call, broken);
            return Race.NEVER;
        }
    }

    static boolean mayStart(Race race, Call call, int started, Reporter reporter) {
        try {
            return race.mayStart(call, started);
        } catch (Throwable broken) {
            reporter.policyFailed(race, call, broken);
            return false;
        }
    }

    static boolean timed(Race race, Call call, Reporter reporter) {
        try {
            return race.timed();
        } catch (Throwable broken) {
            reporter.policyFailed(race, call, broken);
            return false;
        }
    }

    static boolean decides(
            Race race, Call call, @Nullable Object result, @Nullable Throwable failure, Reporter reporter) {
        if (failure != null && call.concernsNobody(failure)) {
            return true;
        }
        try {
            return race.decides(call, result, failure);
        } catch (Throwable broken) {
            reporter.policyFailed(race, call, broken);
            return failure == null;
        }
    }

    /** Of an attempt that was interrupted nobody knows how long it would have taken. */
    static void ended(
            Race race,
            Call call,
            int attempt,
            long elapsedNanos,
            @Nullable Object result,
            @Nullable Throwable failure,
            Reporter reporter) {
        if (failure != null && (CallThread.limitReached() || Interrupts.isOfCaller(failure))) {
            cutShort(race, call, attempt, elapsedNanos, reporter);
            return;
        }
        try {
            race.ended(call, attempt, elapsedNanos, result, failure);
        } catch (Throwable broken) {
            reporter.policyFailed(race, call, broken);
        }
    }

    static void cutShort(Race race, Call call, int attempt, long elapsedNanos, Reporter reporter) {
        try {
            race.cutShort(call, attempt, elapsedNanos);
        } catch (Throwable broken) {
            reporter.policyFailed(race, call, broken);
        }
    }
}
