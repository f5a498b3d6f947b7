package io.steadfast.circuitbreaker;

import java.util.Objects;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.steadfast.core.SettingsCheck;

/**
 * What a {@link CircuitBreakerPolicy} goes by. Immutable, and valid once it exists.
 *
 * @param window which calls a closed breaker looks back at
 * @param failureRateThreshold the share of failures that opens the breaker, in percent, above 0 and up to 100; default 50
 * @param slowCalls when slowness counts too
 * @param openTime how long an open breaker leaves its target alone
 * @param trials how a half-open breaker finds out whether the target is back
 * @param counting what counts as a failure
 * @param initialState the state to begin in; default {@code CLOSED}
 * @param writableStackTrace whether refusals record where they were made; default {@code false}
 */
public record BreakerConfig(
        SlidingWindow window,
        float failureRateThreshold,
        SlowCalls slowCalls,
        OpenTime openTime,
        Trials trials,
        CountingRules counting,
        State initialState,
        boolean writableStackTrace) {

    private static final BreakerConfig DEFAULTS = builder().build();

    /**
     * Checks the settings.
     *
     * @param window which calls to look back at
     * @param failureRateThreshold the share of failures that opens
     * @param slowCalls when slowness counts
     * @param openTime how long to stay open
     * @param trials how to find out
     * @param counting what counts
     * @param initialState the first state
     * @param writableStackTrace whether refusals have a trace
     * @throws io.steadfast.core.InvalidSettingsException if they make no sense
     */
    public BreakerConfig {
        Objects.requireNonNull(initialState, "initialState");
        SettingsCheck check = new SettingsCheck();
        window.check(check);
        check.that(
                failureRateThreshold > 0 && failureRateThreshold <= 100,
                "must be above 0 and at most 100 percent, but is " + failureRateThreshold,
                "failure-rate-threshold");
        slowCalls.check(check);
        openTime.check(check);
        trials.check(check);
        counting.check(check);
        check.refuseIfWrong();
    }

    /**
     * The defaults.
     *
     * @return the shared constant
     */
    public static BreakerConfig defaults() {
        return DEFAULTS;
    }

    /**
     * Starts from the defaults.
     *
     * @return a new builder
     */
    public static BreakerConfigBuilder builder() {
        return new BreakerConfigBuilder();
    }
}
