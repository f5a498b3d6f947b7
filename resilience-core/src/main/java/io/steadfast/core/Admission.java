package io.steadfast.core;

import org.jspecify.annotations.Nullable;

/** Taking and settling a permit, the same for all drivers. A gate that throws while it settles breaks no call. */
final class Admission {

    private Admission() {}

    static Permit acquire(Gate gate, Call call, Reporter reporter) {
        try {
            return gate.acquire(call);
        } catch (CallRejectedException refusal) {
            reporter.refused(gate, call, refusal);
            throw refusal;
        }
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
            permit.succeeded(call, elapsedNanos, result);
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
            if (cancelled || call.concernsNobody(failure)) {
                permit.abandoned(call);
            } else {
                permit.failed(call, elapsedNanos, failure);
            }
        } catch (Throwable broken) {
            reporter.policyFailed(gate, call, broken);
        }
    }
}
