package io.steadfast.circuitbreaker;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.Metrics;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.steadfast.core.Call;
import io.steadfast.core.Permit;

/** Lets everything in and has the engine count: closed, and metrics-only, in which the engine never opens. */
final class CountingGeneration extends Generation {

    CountingGeneration(StateTracker tracker, State state, Metrics metrics) {
        super(tracker, state, metrics);
    }

    @Override
    Permit admit(Call call) {
        return this;
    }

    /** A late outcome counts for nothing: the state it could count in was not the one that let the call in. */
    @Override
    void count(CountedAs as, long elapsedNanos, Throwable failure) {
        boolean told = (as == CountedAs.SUCCESS || as == CountedAs.FAILURE) && isCurrent();
        if (!told) {
            tracker.audience().publish(as, elapsedNanos, failure, state);
            return;
        }
        if (as == CountedAs.SUCCESS) {
            tracker.engine().succeeded(elapsedNanos);
        } else {
            tracker.engine().failed(elapsedNanos, failure);
        }
        if (tracker.engine().state() != state) {
            tracker.current(); // the engine has opened, and this is when it is announced
        }
    }

    @Override
    String story(State to) {
        if (to != State.OPEN) {
            return super.story(to);
        }
        int calls = metrics.getNumberOfBufferedCalls();
        String slow = tracker.config().slowCalls().isCounted() ? ", " + metrics.getNumberOfSlowCalls() + " slow" : "";
        return metrics.getNumberOfFailedCalls() + " of " + calls + " calls failed" + slow;
    }
}
