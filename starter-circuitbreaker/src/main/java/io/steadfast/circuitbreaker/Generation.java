package io.steadfast.circuitbreaker;

import java.util.Map;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.Metrics;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.steadfast.core.Call;
import io.steadfast.core.Permit;
import org.jspecify.annotations.Nullable;

/**
 * One stay of the breaker in one state, and the permit of the calls it admits: whatever those report comes back to the stay
 * that let them in, however many states later, and costs no object per call.
 *
 * <p>The engine hides its state objects, but each brings a metrics object of its own, save that an open breaker keeps that
 * of the state before; so state and metrics together tell stays apart.
 */
abstract class Generation implements Permit {

    /** A result has no exception to show to the engine; one without a trace stands for all. */
    static final Throwable BAD_RESULT = new Exception("The result was counted as a failure", null, false, false) {};

    final StateTracker tracker;

    final State state;

    /** By its identity, the stay. The numbers in it are those of calls made past this gate, while half-open. */
    final Metrics metrics;

    Generation(StateTracker tracker, State state, Metrics metrics) {
        this.tracker = tracker;
        this.state = state;
        this.metrics = metrics;
    }

    /** The stay that the engine is in now, after another; {@code null} if it is the first. */
    static Generation of(StateTracker tracker, State state, Metrics metrics, @Nullable Generation before) {
        return switch (state) {
            case CLOSED, METRICS_ONLY -> new CountingGeneration(tracker, state, metrics);
            case OPEN -> new OpenGeneration(tracker, metrics, before);
            case HALF_OPEN -> new HalfOpenGeneration(tracker, metrics);
            case FORCED_OPEN -> new ForcedOpenGeneration(tracker, metrics);
            case DISABLED -> new DisabledGeneration(tracker, metrics);
        };
    }

    /** The rest of this stay, by the settings that are in force now. What is out from here counts for nothing there. */
    Generation renewed() {
        return of(tracker, state, metrics, this);
    }

    /** Whether the engine is still in this stay, and the settings are those it began with. */
    final boolean isCurrent() {
        return tracker.isLatest(this)
                && tracker.engine().state() == state
                && tracker.engine().metrics() == metrics;
    }

    /**
     * Lets a call in.
     *
     * @return the permit; {@code null} if this stay has just ended and the next one is to be asked
     * @throws io.steadfast.core.CircuitOpenException if the call may not enter
     */
    abstract @Nullable Permit admit(Call call);

    /** Takes account of a call of this stay. */
    abstract void count(CountedAs as, long elapsedNanos, Throwable failure);

    /** How the calls ended that this stay counted, or for an open one, those that opened it. */
    Totals totals() {
        return Totals.NONE;
    }

    /** How many calls it takes for a rate to mean anything. */
    int minimumCalls() {
        return tracker.config().window().minimumNumberOfCalls();
    }

    /** Moves on if time alone is reason to; for those who look without calling. */
    void passTime() {}

    /** What the state before learns about this one, in words that follow a semicolon. */
    String prospect() {
        return "";
    }

    /** Why this stay ended in that other state, in words. */
    String story(State to) {
        return "set from outside";
    }

    /** Adds the numbers to a snapshot. */
    void describe(Map<String, Object> snapshot) {
        Totals totals = totals();
        float failureRate = totals.failureRate(minimumCalls());
        if (failureRate >= 0) { // -1 while too few calls are there
            snapshot.put("failure-rate", failureRate);
        }
        float slowRate = totals.slowRate(minimumCalls());
        if (slowRate >= 0 && tracker.config().slowCalls().isCounted()) {
            snapshot.put("slow-call-rate", slowRate);
        }
        snapshot.put("buffered-calls", totals.calls());
        snapshot.put("failed-calls", totals.failed());
        snapshot.put("slow-calls", totals.slow());
        snapshot.put("slow-failed-calls", totals.slowFailed());
    }

    @Override
    public final void succeeded(Call call, long elapsedNanos, @Nullable Object result) {
        CountedAs as = CountedAs.SUCCESS; // stands if the predicate throws
        try {
            as = tracker.config().counting().ofResult(call, result);
        } finally {
            settle(as, elapsedNanos, BAD_RESULT);
        }
    }

    @Override
    public final void failed(Call call, long elapsedNanos, Throwable failure) {
        CountedAs as = CountedAs.FAILURE; // stands if a predicate throws
        try {
            as = tracker.config().counting().ofFailure(call, failure);
        } finally {
            settle(as, elapsedNanos, failure);
        }
    }

    @Override
    public void abandoned(Call call) {}

    private void settle(CountedAs as, long elapsedNanos, Throwable failure) {
        tracker.audience().record(as, elapsedNanos);
        count(as, elapsedNanos, failure);
    }
}
