package io.steadfast.circuitbreaker;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.Metrics;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.steadfast.core.Call;
import io.steadfast.core.Permit;

/** Lets everything in and counts nothing. */
final class DisabledGeneration extends Generation {

    DisabledGeneration(StateTracker tracker, Metrics metrics) {
        super(tracker, State.DISABLED, metrics);
    }

    @Override
    Permit admit(Call call) {
        return this;
    }

    @Override
    void count(CountedAs as, long elapsedNanos, Throwable failure) {}
}
