package io.steadfast.core;

import java.util.concurrent.CancellationException;

import org.jspecify.annotations.Nullable;

/** Taking and settling a permit, the same for all drivers. A gate that throws while it settles breaks no call. */
final class Admission {

    private Admission() {}

    static Permit acquire(Gate gate, Call call, Reporter reporter) {
        refuseIfLate(call, reporter);
        try {
            return gate.acquire(call);
        } catch (CallRejectedException refusal) {
            reporter.refused(gate, call, refusal);
            throw refusal;
        }
    }

    /** Takes a permit that has been waited for. */
    static Permit claim(Gate gate, Reservation place, Call call, Reporter reporter) {
        try {
            return place.claim(call);
        } catch (CallRejectedException refusal) {
            reporter.refused(gate, call, refusal);
            throw refusal;
        }
    }

    static void withdraw(Gate gate, Reservation place, Call call, Reporter reporter) {
        try {
            place.withdraw(call);
        } catch (Throwable broken) {
            reporter.policyFailed(gate, call, broken);
        }
    }

    /** Nothing is sent, and no permit taken, for a call whose time is up. */
    static void refuseIfLate(Call call, Reporter reporter) {
        if (call.isBounded() && call.deadlineNanos() - call.attemptNanos() <= 0) {
            throw refuseLate(call, reporter);
        }
    }

    /** Nothing is sent either for a lane that has lost its race. */
    static void stopIfSuperseded(Call call) {
        if (call.isSuperseded()) {
            throw new CancellationException("Another attempt of call '" + call.name() + "' has answered");
        }
    }

    static DeadlineExceededException refuseLate(Call call, Reporter reporter) {
        DeadlineExceededException refusal = new DeadlineExceededException(call.name(), null);
        reporter.refusedLate(call, refusal);
        return refusal;
    }

    /** A gate that cannot say counts as one that does not care, for it has let the call in. */
    static boolean timed(Gate gate, Call call, Reporter reporter) {
        try {
            return gate.timed();
        } catch (Throwable broken) {
            reporter.policyFailed(gate, call, broken);
            return false;
        }
    }

    static void succeeded(
            Gate gate, Permit permit, Call call, long elapsedNanos, @Nullable Object result, Reporter reporter) {
        try {
            if (call.isSuperseded()) {
                permit.abandoned(call);
            } else {
                permit.succeeded(call, elapsedNanos, result);
            }
        } catch (Throwable broken) {
            reporter.policyFailed(gate, call, broken);
        }
    }

    static void failed(
            Gate gate,
            Permit permit,
            Call call,
            long elapsedNanos,
            Throwable failure,
            boolean cancelled,
            Reporter reporter) {
        try {
            if (cancelled || call.isSuperseded() || call.concernsNobody(failure)) {
                permit.abandoned(call);
            } else {
                permit.failed(call, elapsedNanos, failure);
            }
        } catch (Throwable broken) {
            reporter.policyFailed(gate, call, broken);
        }
    }
}
