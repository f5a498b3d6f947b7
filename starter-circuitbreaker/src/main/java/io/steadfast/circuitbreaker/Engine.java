package io.steadfast.circuitbreaker;

import java.util.concurrent.TimeUnit;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.Metrics;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.steadfast.core.time.Ticker;
import org.jspecify.annotations.Nullable;

/** The one place that talks to resilience4j's breaker. */
final class Engine {

    private final CircuitBreaker breaker;

    private Engine(CircuitBreaker breaker) {
        this.breaker = breaker;
    }

    /**
     * Makes an engine, in the registry if there is one.
     *
     * @throws IllegalStateException if the registry holds a breaker of that name made by somebody else: its window and its
     *     thresholds would silently be used instead of ours
     */
    static Engine create(
            String name,
            BreakerConfig config,
            OpenWaits waits,
            Ticker ticker,
            @Nullable CircuitBreakerRegistry registry) {
        CircuitBreakerConfig engineConfig = translate(config, waits, ticker);
        if (registry == null) {
            return new Engine(CircuitBreaker.of(name, engineConfig));
        }
        CircuitBreaker breaker = registry.circuitBreaker(name, engineConfig);
        if (breaker.getCircuitBreakerConfig() != engineConfig) {
            throw new IllegalStateException("The CircuitBreakerRegistry already holds a breaker named '" + name
                    + "' with settings of its own, so the settings of this one would be ignored");
        }
        return new Engine(breaker);
    }

    /**
     * No automatic transition and no limit on half-open: the engine would keep both on a thread and a clock of its own. No
     * predicates: one that throws inside the engine leaks a permit.
     */
    private static CircuitBreakerConfig translate(BreakerConfig config, OpenWaits waits, Ticker ticker) {
        SlidingWindow window = config.window();
        return CircuitBreakerConfig.custom()
                .slidingWindow(window.size(), window.minimumNumberOfCalls(), window.type(), window.strategy())
                .failureRateThreshold(config.failureRateThreshold())
                .slowCallRateThreshold(config.slowCalls().rateThreshold())
                .slowCallDurationThreshold(config.slowCalls().threshold())
                .permittedNumberOfCallsInHalfOpenState(config.trials().permitted())
                .waitIntervalFunctionInOpenState(waits)
                .initialState(config.initialState())
                .writableStackTraceEnabled(config.writableStackTrace())
                .currentTimestampFunction(clock -> ticker.nanos(), TimeUnit.NANOSECONDS)
                .clock(new EngineClock(ticker))
                .build();
    }

    Audience audience() {
        return new Audience(breaker.getName(), breaker.getEventPublisher());
    }

    State state() {
        return breaker.getState();
    }

    Metrics metrics() {
        return breaker.getMetrics();
    }

    /** Asks the engine itself whether an open breaker's time is up; if it is, the engine is half-open afterwards. */
    boolean lets() {
        return breaker.tryAcquirePermission();
    }

    void succeeded(long elapsedNanos) {
        breaker.onSuccess(elapsedNanos, TimeUnit.NANOSECONDS);
    }

    void failed(long elapsedNanos, Throwable failure) {
        breaker.onError(elapsedNanos, TimeUnit.NANOSECONDS, failure);
    }

    /**
     * Changes the state.
     *
     * @throws io.github.resilience4j.circuitbreaker.IllegalStateTransitionException if it cannot be reached from here
     */
    void become(State state) {
        switch (state) {
            case CLOSED -> breaker.transitionToClosedState();
            case OPEN -> breaker.transitionToOpenState();
            case HALF_OPEN -> breaker.transitionToHalfOpenState();
            case FORCED_OPEN -> breaker.transitionToForcedOpenState();
            case METRICS_ONLY -> breaker.transitionToMetricsOnlyState();
            case DISABLED -> breaker.transitionToDisabledState();
        }
    }

    void reset() {
        breaker.reset();
    }
}
