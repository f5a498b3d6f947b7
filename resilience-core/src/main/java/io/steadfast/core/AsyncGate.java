package io.steadfast.core;

import io.steadfast.core.time.Ticker;

/** Enters a gate, runs the rest, settles the permit before the outcome travels on. */
record AsyncGate(PolicySlot<Gate> slot, AsyncStep next, Ticker ticker, Reporter reporter) implements AsyncStep {

    @Override
    public void run(AsyncCall async, Completion then) {
        Call call = async.call();
        Gate gate = slot.policy();
        Permit permit;
        try {
            permit = Admission.acquire(gate, call, reporter);
        } catch (Throwable refusal) {
            then.done(null, refusal);
            return;
        }
        boolean timed = Admission.timed(gate, call, reporter);
        long start = timed ? call.attemptNanos() : 0;
        next.run(async, (result, failure) -> {
            long elapsed = timed ? ticker.nanos() - start : 0;
            boolean cancelled = async.isCancellation(failure);
            if (failure == null || (cancelled && call.hasEmitted())) { // who got elements and has enough was served
                Admission.succeeded(gate, permit, call, elapsed, result, reporter);
            } else {
                Admission.failed(gate, permit, call, elapsed, failure, cancelled, reporter);
            }
            then.done(result, failure);
        });
    }
}
