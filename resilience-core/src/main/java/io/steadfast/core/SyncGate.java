package io.steadfast.core;

import io.steadfast.core.time.Ticker;
import org.jspecify.annotations.Nullable;

/** Enters a gate, runs the rest, settles the permit. */
record SyncGate(PolicySlot<Gate> slot, SyncStep next, Ticker ticker, Reporter reporter) implements SyncStep {

    @Override
    public @Nullable Object run(Call call) throws Throwable {
        Gate gate = slot.policy();
        Permit permit = Admission.acquire(gate, call, reporter);
        boolean timed = Admission.timed(gate, call, reporter);
        long start = timed ? call.attemptNanos() : 0;
        Object result;
        try {
            result = next.run(call);
        } catch (Throwable failure) {
            Admission.failed(gate, permit, call, elapsed(timed, start), failure, false, reporter);
            throw failure;
        }
        Admission.succeeded(gate, permit, call, elapsed(timed, start), result, reporter);
        return result;
    }

    private long elapsed(boolean timed, long start) {
        return timed ? ticker.nanos() - start : 0;
    }
}
