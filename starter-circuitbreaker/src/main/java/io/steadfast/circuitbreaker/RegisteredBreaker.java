package io.steadfast.circuitbreaker;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import org.jspecify.annotations.Nullable;

/**
 * What resilience4j's registry holds: the engine, but with the numbers of our windows, in which those who use it directly are
 * counted too. Permits, trials and changes of state are the engine's.
 */
final class RegisteredBreaker implements CircuitBreaker {

    private final CircuitBreaker engine;

    private final Engine owner;

    private final StateTracker tracker;

    RegisteredBreaker(CircuitBreaker engine, Engine owner, StateTracker tracker) {
        this.engine = engine;
        this.owner = owner;
        this.tracker = tracker;
    }

    @Override
    public Metrics getMetrics() {
        return new StayMetrics(tracker.current());
    }

    @Override
    public void onSuccess(long duration, TimeUnit unit) {
        if (tracker.current() instanceof CountingGeneration stay) {
            stay.count(CountedAs.SUCCESS, unit.toNanos(duration), Generation.BAD_RESULT);
        } else {
            engine.onSuccess(duration, unit);
        }
    }

    @Override
    public void onError(long duration, TimeUnit unit, Throwable failure) {
        if (tracker.current() instanceof CountingGeneration stay) {
            stay.count(CountedAs.FAILURE, unit.toNanos(duration), failure);
        } else {
            engine.onError(duration, unit, failure);
        }
    }

    /** Predicates are the gate's: for those who come past it every result is a good one. */
    @Override
    public void onResult(long duration, TimeUnit unit, @Nullable Object result) {
        onSuccess(duration, unit);
    }

    @Override
    public CircuitBreakerConfig getCircuitBreakerConfig() {
        return owner.shown();
    }

    @Override
    public boolean tryAcquirePermission() {
        return engine.tryAcquirePermission();
    }

    @Override
    public void acquirePermission() {
        engine.acquirePermission();
    }

    @Override
    public void releasePermission() {
        engine.releasePermission();
    }

    @Override
    public void reset() {
        engine.reset();
    }

    @Override
    public void transitionToClosedState() {
        engine.transitionToClosedState();
    }

    @Override
    public void transitionToOpenState() {
        engine.transitionToOpenState();
    }

    @Override
    public void transitionToOpenStateFor(Duration wait) {
        engine.transitionToOpenStateFor(wait);
    }

    @Override
    public void transitionToOpenStateUntil(Instant end) {
        engine.transitionToOpenStateUntil(end);
    }

    @Override
    public void transitionToHalfOpenState() {
        engine.transitionToHalfOpenState();
    }

    @Override
    public void transitionToDisabledState() {
        engine.transitionToDisabledState();
    }

    @Override
    public void transitionToMetricsOnlyState() {
        engine.transitionToMetricsOnlyState();
    }

    @Override
    public void transitionToForcedOpenState() {
        engine.transitionToForcedOpenState();
    }

    @Override
    public String getName() {
        return engine.getName();
    }

    @Override
    public State getState() {
        return engine.getState();
    }

    @Override
    public Map<String, String> getTags() {
        return engine.getTags();
    }

    @Override
    public EventPublisher getEventPublisher() {
        return engine.getEventPublisher();
    }

    @Override
    public long getCurrentTimestamp() {
        return engine.getCurrentTimestamp();
    }

    @Override
    public TimeUnit getTimestampUnit() {
        return engine.getTimestampUnit();
    }

    @Override
    public String toString() {
        return engine.toString();
    }
}
