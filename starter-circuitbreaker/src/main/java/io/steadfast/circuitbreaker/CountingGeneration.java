package io.steadfast.circuitbreaker;

import java.util.concurrent.atomic.AtomicBoolean;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.Metrics;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.steadfast.core.Call;
import io.steadfast.core.Durations;
import io.steadfast.core.Permit;

/** Lets everything in and counts it in a window of its own: closed, and metrics-only, which never opens. */
final class CountingGeneration extends Generation {

    private final SlidingWindow shape;

    private final Window window;

    private final long slowNanos;

    private final AtomicBoolean failuresTold = new AtomicBoolean();

    private final AtomicBoolean slownessTold = new AtomicBoolean();

    CountingGeneration(StateTracker tracker, State state, Metrics metrics) {
        this(
                tracker,
                state,
                metrics,
                Window.of(tracker.config(), tracker.runtime().ticker()));
    }

    private CountingGeneration(StateTracker tracker, State state, Metrics metrics, Window window) {
        super(tracker, state, metrics);
        this.shape = tracker.config().window();
        this.window = window;
        this.slowNanos = Durations.nanos(tracker.config().slowCalls().threshold());
    }

    /** With the same calls, if the window is of the same kind and size. */
    @Override
    Generation renewed() {
        BreakerConfig now = tracker.config();
        if (shape.type() != now.window().type() || shape.size() != now.window().size()) {
            return new CountingGeneration(tracker, state, metrics);
        }
        window.thresholds = Thresholds.of(now);
        return new CountingGeneration(tracker, state, metrics, window);
    }

    @Override
    Permit admit(Call call) {
        return this;
    }

    /** A late outcome counts for nothing: the stay that let the call in is over. */
    @Override
    void count(CountedAs as, long elapsedNanos, Throwable failure) {
        tracker.audience().publish(as, elapsedNanos, failure, state);
        boolean counts = (as == CountedAs.SUCCESS || as == CountedAs.FAILURE) && tracker.isLatest(this);
        if (counts && window.record(as == CountedAs.FAILURE, elapsedNanos > slowNanos)) {
            reached();
        }
    }

    private void reached() {
        if (tracker.audience().hasConsumers()) {
            tell(window.totals());
        }
        if (state == State.CLOSED) {
            tracker.move(this, State.OPEN);
        }
    }

    /** The engine's consumers hear of each kind once a stay. */
    private void tell(Totals totals) {
        float failureRate = totals.failureRate(minimumCalls());
        if (failureRate >= tracker.config().failureRateThreshold() && failuresTold.compareAndSet(false, true)) {
            tracker.audience().publishFailureRate(failureRate);
        }
        float slowRate = totals.slowRate(minimumCalls());
        if (slowRate >= tracker.config().slowCalls().rateThreshold() && slownessTold.compareAndSet(false, true)) {
            tracker.audience().publishSlowRate(slowRate);
        }
    }

    @Override
    Totals totals() {
        return window.totals();
    }

    @Override
    String story(State to) {
        if (to != State.OPEN) {
            return super.story(to);
        }
        Totals totals = totals();
        String slow = tracker.config().slowCalls().isCounted() ? ", " + totals.slow() + " slow" : "";
        return totals.failed() + " of " + totals.calls() + " calls failed" + slow;
    }
}
