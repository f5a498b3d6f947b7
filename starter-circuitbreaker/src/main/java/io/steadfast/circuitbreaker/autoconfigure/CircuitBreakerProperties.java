package io.steadfast.circuitbreaker.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The shape of {@code resilience.circuit-breaker.*}, for editors and the reference. The values that count are bound per
 * instance, on top of the defaults, the instance's base and the annotation.
 */
@ConfigurationProperties("resilience.circuit-breaker")
class CircuitBreakerProperties {

    /** What holds for every circuit breaker unless its instance says otherwise. */
    private final Settings defaults = new Settings();

    /** Settings of circuit breakers, by the name that annotations give. */
    private final Map<String, Settings> instances = new LinkedHashMap<>();

    public Settings getDefaults() {
        return defaults;
    }

    public Map<String, Settings> getInstances() {
        return instances;
    }

    /** The settings of one circuit breaker, initially the built-in ones. Public for those who fill it by reflection. */
    public static class Settings {

        /** Whether calls pass a circuit breaker. */
        private boolean enabled = true;

        /** Instance whose settings this one starts from; has no effect among the defaults. */
        private @Nullable String base;

        /** Whether the window holds the calls of the last seconds or the last calls. */
        private SlidingWindowType slidingWindowType = SlidingWindowType.TIME_BASED;

        /** How far the window reaches back: seconds, or calls. */
        private int slidingWindowSize = 10;

        /**
         * Calls that must be in the window before the breaker judges. Default 20, or the size of a
         * smaller window of calls.
         */
        private @Nullable Integer minimumNumberOfCalls;

        /** Accepted for resilience4j's sake: concurrent calls share the window without a lock and without garbage. */
        private SlidingWindowSynchronizationStrategy slidingWindowSynchronizationStrategy =
                SlidingWindowSynchronizationStrategy.SYNCHRONIZED;

        /** Share of failed calls, in percent, that opens the breaker. */
        private float failureRateThreshold = 50;

        /**
         * Share of slow calls, in percent, that opens the breaker; without a
         * slow-call-duration-threshold no call is slow.
         */
        private float slowCallRateThreshold = 100;

        /** Calls that take longer are slow; without a value no call is, and no clock is read for it. */
        private @Nullable Duration slowCallDurationThreshold;

        /** How long the breaker stays open at its first trip; doubled at each further trip in a row. */
        private Duration waitDurationInOpenState = Duration.ofSeconds(5);

        /** Longest time the breaker stays open. Default 60s, or wait-duration-in-open-state if that is longer. */
        private @Nullable Duration maxWaitDurationInOpenState;

        /** Part of the open time that is random, from 0 (none of it) to 1 (all of it); it only ever shortens. */
        private double openJitter = 0.2;

        /**
         * How often one call is let through an open breaker that waits longer than at its first trip;
         * its success makes the breaker half-open. 0 for never.
         */
        private Duration probeIntervalInOpenState = Duration.ofSeconds(2);

        /**
         * Whether an open breaker becomes half-open by itself when its time is up; otherwise the next
         * call makes it so.
         */
        private boolean automaticTransitionFromOpenToHalfOpenEnabled = false;

        /** Trial calls that a half-open breaker lets through; their failure rate decides. */
        private int permittedNumberOfCallsInHalfOpenState = 5;

        /** How long a half-open breaker with no trial left waits for those under way before it gives them up. */
        private Duration maxWaitDurationInHalfOpenState = Duration.ofSeconds(10);

        /** What a half-open breaker becomes when it gives its trials up: open or closed. */
        private State transitionToStateAfterWaitDuration = State.OPEN;

        /**
         * The only exceptions that count as failures, subclasses included, looked for down the cause
         * chain; others are successes. Without a value every Throwable counts.
         */
        private List<Class<? extends Throwable>> recordExceptions = new ArrayList<>();

        /**
         * Exceptions that count for nothing whatever else is said, subclasses included, looked for down
         * the cause chain.
         */
        private List<Class<? extends Throwable>> ignoreExceptions = new ArrayList<>();

        /**
         * Bean of type Predicate, or else class that implements it, that names further exceptions that
         * count as failures.
         */
        private @Nullable String recordFailurePredicate;

        /**
         * Bean of type Predicate, or else class that implements it, that names further exceptions that
         * count for nothing.
         */
        private @Nullable String ignoreExceptionPredicate;

        /** Bean of type Predicate, or else class that implements it, that says which results count as failures. */
        private @Nullable String recordResultPredicate;

        /** State to begin in. */
        private State initialState = State.CLOSED;

        /** Whether refusals record where they were made, which costs microseconds per refusal. */
        private boolean writableStackTraceEnabled = false;

        public boolean isEnabled() {
            return enabled;
        }

        public void setEnabled(boolean enabled) {
            this.enabled = enabled;
        }

        public @Nullable String getBase() {
            return base;
        }

        public void setBase(@Nullable String base) {
            this.base = base;
        }

        public SlidingWindowType getSlidingWindowType() {
            return slidingWindowType;
        }

        public void setSlidingWindowType(SlidingWindowType slidingWindowType) {
            this.slidingWindowType = slidingWindowType;
        }

        public int getSlidingWindowSize() {
            return slidingWindowSize;
        }

        public void setSlidingWindowSize(int slidingWindowSize) {
            this.slidingWindowSize = slidingWindowSize;
        }

        public @Nullable Integer getMinimumNumberOfCalls() {
            return minimumNumberOfCalls;
        }

        public void setMinimumNumberOfCalls(@Nullable Integer minimumNumberOfCalls) {
            this.minimumNumberOfCalls = minimumNumberOfCalls;
        }

        public SlidingWindowSynchronizationStrategy getSlidingWindowSynchronizationStrategy() {
            return slidingWindowSynchronizationStrategy;
        }

        public void setSlidingWindowSynchronizationStrategy(
                SlidingWindowSynchronizationStrategy slidingWindowSynchronizationStrategy) {
            this.slidingWindowSynchronizationStrategy = slidingWindowSynchronizationStrategy;
        }

        public float getFailureRateThreshold() {
            return failureRateThreshold;
        }

        public void setFailureRateThreshold(float failureRateThreshold) {
            this.failureRateThreshold = failureRateThreshold;
        }

        public float getSlowCallRateThreshold() {
            return slowCallRateThreshold;
        }

        public void setSlowCallRateThreshold(float slowCallRateThreshold) {
            this.slowCallRateThreshold = slowCallRateThreshold;
        }

        public @Nullable Duration getSlowCallDurationThreshold() {
            return slowCallDurationThreshold;
        }

        public void setSlowCallDurationThreshold(@Nullable Duration slowCallDurationThreshold) {
            this.slowCallDurationThreshold = slowCallDurationThreshold;
        }

        public Duration getWaitDurationInOpenState() {
            return waitDurationInOpenState;
        }

        public void setWaitDurationInOpenState(Duration waitDurationInOpenState) {
            this.waitDurationInOpenState = waitDurationInOpenState;
        }

        public @Nullable Duration getMaxWaitDurationInOpenState() {
            return maxWaitDurationInOpenState;
        }

        public void setMaxWaitDurationInOpenState(@Nullable Duration maxWaitDurationInOpenState) {
            this.maxWaitDurationInOpenState = maxWaitDurationInOpenState;
        }

        public double getOpenJitter() {
            return openJitter;
        }

        public void setOpenJitter(double openJitter) {
            this.openJitter = openJitter;
        }

        public Duration getProbeIntervalInOpenState() {
            return probeIntervalInOpenState;
        }

        public void setProbeIntervalInOpenState(Duration probeIntervalInOpenState) {
            this.probeIntervalInOpenState = probeIntervalInOpenState;
        }

        public boolean isAutomaticTransitionFromOpenToHalfOpenEnabled() {
            return automaticTransitionFromOpenToHalfOpenEnabled;
        }

        public void setAutomaticTransitionFromOpenToHalfOpenEnabled(
                boolean automaticTransitionFromOpenToHalfOpenEnabled) {
            this.automaticTransitionFromOpenToHalfOpenEnabled = automaticTransitionFromOpenToHalfOpenEnabled;
        }

        public int getPermittedNumberOfCallsInHalfOpenState() {
            return permittedNumberOfCallsInHalfOpenState;
        }

        public void setPermittedNumberOfCallsInHalfOpenState(int permittedNumberOfCallsInHalfOpenState) {
            this.permittedNumberOfCallsInHalfOpenState = permittedNumberOfCallsInHalfOpenState;
        }

        public Duration getMaxWaitDurationInHalfOpenState() {
            return maxWaitDurationInHalfOpenState;
        }

        public void setMaxWaitDurationInHalfOpenState(Duration maxWaitDurationInHalfOpenState) {
            this.maxWaitDurationInHalfOpenState = maxWaitDurationInHalfOpenState;
        }

        public State getTransitionToStateAfterWaitDuration() {
            return transitionToStateAfterWaitDuration;
        }

        public void setTransitionToStateAfterWaitDuration(State transitionToStateAfterWaitDuration) {
            this.transitionToStateAfterWaitDuration = transitionToStateAfterWaitDuration;
        }

        public List<Class<? extends Throwable>> getRecordExceptions() {
            return recordExceptions;
        }

        public void setRecordExceptions(List<Class<? extends Throwable>> recordExceptions) {
            this.recordExceptions = recordExceptions;
        }

        public List<Class<? extends Throwable>> getIgnoreExceptions() {
            return ignoreExceptions;
        }

        public void setIgnoreExceptions(List<Class<? extends Throwable>> ignoreExceptions) {
            this.ignoreExceptions = ignoreExceptions;
        }

        public @Nullable String getRecordFailurePredicate() {
            return recordFailurePredicate;
        }

        public void setRecordFailurePredicate(@Nullable String recordFailurePredicate) {
            this.recordFailurePredicate = recordFailurePredicate;
        }

        public @Nullable String getIgnoreExceptionPredicate() {
            return ignoreExceptionPredicate;
        }

        public void setIgnoreExceptionPredicate(@Nullable String ignoreExceptionPredicate) {
            this.ignoreExceptionPredicate = ignoreExceptionPredicate;
        }

        public @Nullable String getRecordResultPredicate() {
            return recordResultPredicate;
        }

        public void setRecordResultPredicate(@Nullable String recordResultPredicate) {
            this.recordResultPredicate = recordResultPredicate;
        }

        public State getInitialState() {
            return initialState;
        }

        public void setInitialState(State initialState) {
            this.initialState = initialState;
        }

        public boolean isWritableStackTraceEnabled() {
            return writableStackTraceEnabled;
        }

        public void setWritableStackTraceEnabled(boolean writableStackTraceEnabled) {
            this.writableStackTraceEnabled = writableStackTraceEnabled;
        }
    }
}
