package io.steadfast.circuitbreaker;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.Metrics;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.steadfast.core.Call;
import io.steadfast.core.Permit;

/** Lets nothing in until somebody says otherwise. */
final class ForcedOpenGeneration extends Generation {

    ForcedOpenGeneration(StateTracker tracker, Metrics metrics) {
        super(tracker, State.FORCED_OPEN, metrics);
    }

    @Override
    Permit admit(Call call) {
        throw tracker.refuse(call, this, null, false);
    }

    @Override
    void count(CountedAs as, long elapsedNanos, Throwable failure) {}
}
