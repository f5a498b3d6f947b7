package io.steadfast.core;

import org.jspecify.annotations.Nullable;

/** Enters a gate, waiting if it asks to, runs the rest, settles the permit. */
record SyncGate(PolicySlot<Gate> slot, SyncStep next, PolicyRuntime runtime, Reporter reporter) implements SyncStep {

    @Override
    public @Nullable Object run(Call call) throws Throwable {
        Gate gate = slot.policy();
        Permit permit = Admission.acquire(gate, call, reporter);
        if (permit instanceof Reservation place) {
            permit = new SyncWait(gate, call, runtime.timer(), reporter).await(place);
        }
        boolean timed = false;
        long start = 0;
        Object result;
        try {
            timed = Admission.timed(gate, call, reporter);
            start = timed ? call.attemptNanos() : 0;
            result = next.run(call);
        } catch (StackOverflowError overflow) {
            try {
                permit.failed(call, 0, overflow); // no question asked: each would need stack that is not there
            } catch (Throwable broken) {
                reporter.policyFailed(gate, call, broken);
            }
            throw overflow;
        } catch (Throwable failure) {
            Admission.failed(gate, permit, call, elapsed(timed, start), failure, false, reporter);
            throw failure;
        }
        Admission.succeeded(gate, permit, call, elapsed(timed, start), result, reporter);
        return result;
    }

    private long elapsed(boolean timed, long start) {
        return timed ? runtime.ticker().nanos() - start : 0;
    }
}
