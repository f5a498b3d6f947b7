package io.steadfast.circuitbreaker;

import java.util.concurrent.TimeUnit;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.Metrics;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.steadfast.core.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * The one place that talks to resilience4j's breaker, which keeps the state and how often it opened in a row. Calls are
 * counted in {@link Window}s of ours, so its own window is as small as can be: it makes one for each stay.
 */
final class Engine {

    private static final int SMALLEST_WINDOW = 1;

    private final CircuitBreaker breaker;

    /** The settings with the window that calls are really counted in. */
    private volatile CircuitBreakerConfig shown;

    private Engine(CircuitBreaker breaker, CircuitBreakerConfig shown) {
        this.breaker = breaker;
        this.shown = shown;
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
        CircuitBreakerConfig.Builder settings = translate(config, waits, ticker);
        SlidingWindow window = config.window();
        CircuitBreakerConfig used = settings.slidingWindow(
                        SMALLEST_WINDOW, window.minimumNumberOfCalls(), SlidingWindowType.TIME_BASED)
                .build();
        CircuitBreaker breaker = registry == null ? CircuitBreaker.of(name, used) : registry.circuitBreaker(name, used);
        if (breaker.getCircuitBreakerConfig() != used) {
            throw new IllegalStateException("The CircuitBreakerRegistry already holds a breaker named '" + name
                    + "' with settings of its own, so the settings of this one would be ignored");
        }
        return new Engine(breaker, describe(config, waits, ticker));
    }

    /** The settings as resilience4j's tools are to see them. */
    static CircuitBreakerConfig describe(BreakerConfig config, OpenWaits waits, Ticker ticker) {
        SlidingWindow window = config.window();
        return translate(config, waits, ticker)
                .slidingWindow(window.size(), window.minimumNumberOfCalls(), window.type(), window.strategy())
                .build();
    }

    /**
     * No automatic transition and no limit on half-open: the engine would keep both on a thread and a clock of its own. No
     * predicates: one that throws inside the engine leaks a permit.
     */
    private static CircuitBreakerConfig.Builder translate(BreakerConfig config, OpenWaits waits, Ticker ticker) {
        return CircuitBreakerConfig.custom()
                .failureRateThreshold(config.failureRateThreshold())
                .slowCallRateThreshold(config.slowCalls().rateThreshold())
                .slowCallDurationThreshold(config.slowCalls().threshold())
                .permittedNumberOfCallsInHalfOpenState(config.trials().permitted())
                .waitIntervalFunctionInOpenState(waits)
                .initialState(config.initialState())
                .writableStackTraceEnabled(config.writableStackTrace())
                .currentTimestampFunction(clock -> ticker.nanos(), TimeUnit.NANOSECONDS)
                .clock(new EngineClock(ticker));
    }

    /** Has the registry show the numbers of our windows, and whoever takes the breaker from it be counted in them. */
    void showIn(CircuitBreakerRegistry registry, StateTracker tracker) {
        registry.replace(breaker.getName(), new RegisteredBreaker(breaker, this, tracker));
    }

    CircuitBreakerConfig shown() {
        return shown;
    }

    /** Shows other settings. */
    void show(CircuitBreakerConfig settings) {
        shown = settings;
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
