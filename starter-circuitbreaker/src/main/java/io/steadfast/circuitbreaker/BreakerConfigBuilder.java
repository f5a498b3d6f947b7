package io.steadfast.circuitbreaker;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.steadfast.core.FailureFilter;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link BreakerConfig}, starting from the defaults. The names are resilience4j's, as in the properties. Not
 * thread-safe.
 */
public final class BreakerConfigBuilder {

    private static final int DEFAULT_MINIMUM_CALLS = 20;

    private static final Duration DEFAULT_LONGEST_OPEN = Duration.ofSeconds(60);

    private SlidingWindowType slidingWindowType = SlidingWindowType.TIME_BASED;

    private int slidingWindowSize = 10;

    private @Nullable Integer minimumNumberOfCalls;

    private SlidingWindowSynchronizationStrategy slidingWindowSynchronizationStrategy =
            SlidingWindowSynchronizationStrategy.SYNCHRONIZED;

    private float failureRateThreshold = 50;

    private float slowCallRateThreshold = 100;

    private @Nullable Duration slowCallDurationThreshold;

    private Duration waitDurationInOpenState = Duration.ofSeconds(5);

    private @Nullable Duration maxWaitDurationInOpenState;

    private double openJitter = 0.2;

    private Duration probeIntervalInOpenState = Duration.ofSeconds(2);

    private boolean automaticTransitionFromOpenToHalfOpenEnabled = false;

    private int permittedNumberOfCallsInHalfOpenState = 5;

    private Duration maxWaitDurationInHalfOpenState = Duration.ofSeconds(10);

    private State transitionToStateAfterWaitDuration = State.OPEN;

    private List<Class<? extends Throwable>> recordExceptions = List.of();

    private List<Class<? extends Throwable>> ignoreExceptions = List.of();

    private @Nullable Predicate<Throwable> recordFailurePredicate;

    private @Nullable Predicate<Throwable> ignoreExceptionPredicate;

    private @Nullable Predicate<Object> recordResultPredicate;

    private State initialState = State.CLOSED;

    private boolean writableStackTraceEnabled = false;

    BreakerConfigBuilder() {}

    /**
     * Sets what the window is measured in.
     *
     * @param type time or number of calls
     * @return this builder
     */
    public BreakerConfigBuilder slidingWindowType(SlidingWindowType type) {
        this.slidingWindowType = type;
        return this;
    }

    /**
     * Sets how far the window reaches back.
     *
     * @param size seconds, or calls
     * @return this builder
     */
    public BreakerConfigBuilder slidingWindowSize(int size) {
        this.slidingWindowSize = size;
        return this;
    }

    /**
     * Sets how many calls must be in the window before the rates mean anything.
     *
     * @param calls at least 1; {@code null}, the default, for 20, or for as many as a smaller window by calls
     *     holds
     * @return this builder
     */
    public BreakerConfigBuilder minimumNumberOfCalls(@Nullable Integer calls) {
        this.minimumNumberOfCalls = calls;
        return this;
    }

    /**
     * Accepts resilience4j's choice of how concurrent calls share the window, for its registry to show. Here they share it
     * without a lock and without garbage whatever is said.
     *
     * @param strategy either
     * @return this builder
     */
    public BreakerConfigBuilder slidingWindowSynchronizationStrategy(SlidingWindowSynchronizationStrategy strategy) {
        this.slidingWindowSynchronizationStrategy = strategy;
        return this;
    }

    /**
     * Sets the share of failures that opens the breaker.
     *
     * @param percent above 0 and up to 100
     * @return this builder
     */
    public BreakerConfigBuilder failureRateThreshold(float percent) {
        this.failureRateThreshold = percent;
        return this;
    }

    /**
     * Sets the share of slow calls that opens the breaker.
     *
     * @param percent above 0 and up to 100
     * @return this builder
     */
    public BreakerConfigBuilder slowCallRateThreshold(float percent) {
        this.slowCallRateThreshold = percent;
        return this;
    }

    /**
     * Counts calls as slow. Costs clock reads per call.
     *
     * @param longest a call that takes longer is slow; {@code null} for no such thing
     * @return this builder
     */
    public BreakerConfigBuilder slowCallDurationThreshold(@Nullable Duration longest) {
        this.slowCallDurationThreshold = longest;
        return this;
    }

    /**
     * Sets how long the breaker stays open at its first trip.
     *
     * @param wait at least 1 ms
     * @return this builder
     */
    public BreakerConfigBuilder waitDurationInOpenState(Duration wait) {
        this.waitDurationInOpenState = wait;
        return this;
    }

    /**
     * Caps how long the breaker stays open.
     *
     * @param longest {@code null}, the default, for 60 s, or for the first wait if that is longer
     * @return this builder
     */
    public BreakerConfigBuilder maxWaitDurationInOpenState(@Nullable Duration longest) {
        this.maxWaitDurationInOpenState = longest;
        return this;
    }

    /**
     * Sets which part of the open time is random.
     *
     * @param part from 0 for none of it to 1 for all of it
     * @return this builder
     */
    public BreakerConfigBuilder openJitter(double part) {
        this.openJitter = part;
        return this;
    }

    /**
     * Sets how often one call is let through an open breaker whose wait has grown beyond the first.
     *
     * @param interval from the end of one probe to the next; zero for no probes
     * @return this builder
     */
    public BreakerConfigBuilder probeIntervalInOpenState(Duration interval) {
        this.probeIntervalInOpenState = interval;
        return this;
    }

    /**
     * Says whether an open breaker becomes half-open by itself when its time is up, and not at the next call.
     *
     * @param automatic {@code true} for by itself
     * @return this builder
     */
    public BreakerConfigBuilder automaticTransitionFromOpenToHalfOpenEnabled(boolean automatic) {
        this.automaticTransitionFromOpenToHalfOpenEnabled = automatic;
        return this;
    }

    /**
     * Sets how many trials a half-open breaker lets through.
     *
     * @param calls at least 1
     * @return this builder
     */
    public BreakerConfigBuilder permittedNumberOfCallsInHalfOpenState(int calls) {
        this.permittedNumberOfCallsInHalfOpenState = calls;
        return this;
    }

    /**
     * Sets how long a half-open breaker waits for its last trials.
     *
     * @param longest longer than zero
     * @return this builder
     */
    public BreakerConfigBuilder maxWaitDurationInHalfOpenState(Duration longest) {
        this.maxWaitDurationInHalfOpenState = longest;
        return this;
    }

    /**
     * Sets what a half-open breaker becomes when it has waited in vain.
     *
     * @param state {@code OPEN} or {@code CLOSED}
     * @return this builder
     */
    public BreakerConfigBuilder transitionToStateAfterWaitDuration(State state) {
        this.transitionToStateAfterWaitDuration = state;
        return this;
    }

    /**
     * Names the only failures that count; others are successes. They are looked for down the cause chain.
     * Refusals of ours count only if they are named by a class of their own kind.
     *
     * @param types exception classes; none for every {@link Throwable}
     * @return this builder
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public final BreakerConfigBuilder recordExceptions(Class<? extends Throwable>... types) {
        return recordExceptions(List.of(types));
    }

    /**
     * The same as a list.
     *
     * @param types exception classes; none for every {@link Throwable}
     * @return this builder
     */
    public BreakerConfigBuilder recordExceptions(List<Class<? extends Throwable>> types) {
        this.recordExceptions = List.copyOf(types);
        return this;
    }

    /**
     * Names failures that count for nothing, whatever else is said. They are looked for down the cause chain.
     *
     * @param types exception classes
     * @return this builder
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public final BreakerConfigBuilder ignoreExceptions(Class<? extends Throwable>... types) {
        return ignoreExceptions(List.of(types));
    }

    /**
     * The same as a list.
     *
     * @param types exception classes
     * @return this builder
     */
    public BreakerConfigBuilder ignoreExceptions(List<Class<? extends Throwable>> types) {
        this.ignoreExceptions = List.copyOf(types);
        return this;
    }

    /**
     * Names further failures that count. Once set, failures that neither it nor {@link #recordExceptions}
     * names are successes.
     *
     * @param predicate one that throws is taken to have said yes; {@code null} for none
     * @return this builder
     */
    public BreakerConfigBuilder recordFailurePredicate(@Nullable Predicate<Throwable> predicate) {
        this.recordFailurePredicate = predicate;
        return this;
    }

    /**
     * Names further failures that count for nothing.
     *
     * @param predicate one that throws is taken to have said no; {@code null} for none
     * @return this builder
     */
    public BreakerConfigBuilder ignoreExceptionPredicate(@Nullable Predicate<Throwable> predicate) {
        this.ignoreExceptionPredicate = predicate;
        return this;
    }

    /**
     * Names results that count as failures.
     *
     * @param predicate asked on every result, {@code null} included; one that throws is taken to have said no;
     *     {@code null} for none
     * @return this builder
     */
    public BreakerConfigBuilder recordResultPredicate(@Nullable Predicate<Object> predicate) {
        this.recordResultPredicate = predicate;
        return this;
    }

    /**
     * Sets the state to begin in.
     *
     * @param state any state
     * @return this builder
     */
    public BreakerConfigBuilder initialState(State state) {
        this.initialState = state;
        return this;
    }

    /**
     * Says whether refusals record where they were made, which costs microseconds per refusal.
     *
     * @param recorded {@code true} to record it
     * @return this builder
     */
    public BreakerConfigBuilder writableStackTraceEnabled(boolean recorded) {
        this.writableStackTraceEnabled = recorded;
        return this;
    }

    /**
     * Checks the settings.
     *
     * @return the configuration
     * @throws io.steadfast.core.InvalidSettingsException if they make no sense
     */
    public BreakerConfig build() {
        return new BreakerConfig(
                new SlidingWindow(
                        slidingWindowType, slidingWindowSize, minimumCalls(), slidingWindowSynchronizationStrategy),
                failureRateThreshold,
                new SlowCalls(slowCallDurationThreshold, slowCallRateThreshold),
                new OpenTime(
                        waitDurationInOpenState,
                        longestOpen(),
                        openJitter,
                        automaticTransitionFromOpenToHalfOpenEnabled,
                        probeIntervalInOpenState),
                new Trials(
                        permittedNumberOfCallsInHalfOpenState,
                        maxWaitDurationInHalfOpenState,
                        transitionToStateAfterWaitDuration),
                new CountingRules(
                        new FailureFilter(recordExceptions, ignoreExceptions),
                        recordFailurePredicate,
                        ignoreExceptionPredicate,
                        recordResultPredicate),
                initialState,
                writableStackTraceEnabled);
    }

    /** Who asks for a window of 10 calls and nothing else wants it judged when it is full. */
    private int minimumCalls() {
        if (minimumNumberOfCalls != null) {
            return minimumNumberOfCalls;
        }
        boolean smaller = slidingWindowType == SlidingWindowType.COUNT_BASED
                && slidingWindowSize >= 1
                && slidingWindowSize < DEFAULT_MINIMUM_CALLS;
        return smaller ? slidingWindowSize : DEFAULT_MINIMUM_CALLS;
    }

    /** Who asks for a first wait of two minutes and nothing else does not contradict himself. */
    private Duration longestOpen() {
        if (maxWaitDurationInOpenState != null) {
            return maxWaitDurationInOpenState;
        }
        return waitDurationInOpenState.compareTo(DEFAULT_LONGEST_OPEN) > 0
                ? waitDurationInOpenState
                : DEFAULT_LONGEST_OPEN;
    }
}
