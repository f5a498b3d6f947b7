package io.steadfast.resilience4j.registry;

import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.common.circuitbreaker.configuration.CircuitBreakerConfigCustomizer;
import io.github.resilience4j.core.IntervalFunction;
import io.steadfast.spring.PolicyRequest;

/** Breakers, which are in resilience4j's registry by themselves. */
final class BreakerWatch implements PolicyWatch {

    private static final int LOOKED_AT = 5;

    private final Customizers customizers;

    BreakerWatch(Customizers customizers) {
        this.customizers = customizers;
    }

    @Override
    public <A extends Annotation, S> PolicyRequest<A, S> customize(PolicyRequest<A, S> request) {
        Optional<CircuitBreakerConfigCustomizer> customizer = customizers.find(
                CircuitBreakerConfigCustomizer.class, request.id().instance());
        if (customizer.isEmpty()) {
            return request;
        }
        CustomizedSettings settings = new CustomizedSettings(request, CircuitBreakerConfigCustomizer.class);
        CircuitBreakerConfig before = builder(settings).build();
        CircuitBreakerConfig.Builder builder = builder(settings);
        customizer.get().customize(builder);
        carry(settings, before, builder.build());
        if (setsWait(customizer.get())) {
            carryWait(settings, builder.build().getWaitIntervalFunctionInOpenState());
        }
        return settings.applyTo(request);
    }

    private static CircuitBreakerConfig.Builder builder(CustomizedSettings settings) {
        CircuitBreakerConfig.Builder builder = CircuitBreakerConfig.custom()
                .failureRateThreshold((Float) required(settings, "failureRateThreshold"))
                .slowCallRateThreshold((Float) required(settings, "slowCallRateThreshold"))
                .slidingWindowType((SlidingWindowType) required(settings, "slidingWindowType"))
                .slidingWindowSize((Integer) required(settings, "slidingWindowSize"))
                .slidingWindowSynchronizationStrategy((SlidingWindowSynchronizationStrategy)
                        required(settings, "slidingWindowSynchronizationStrategy"))
                .permittedNumberOfCallsInHalfOpenState(
                        (Integer) required(settings, "permittedNumberOfCallsInHalfOpenState"))
                .maxWaitDurationInHalfOpenState((Duration) required(settings, "maxWaitDurationInHalfOpenState"))
                .transitionToStateAfterWaitDuration((State) required(settings, "transitionToStateAfterWaitDuration"))
                .automaticTransitionFromOpenToHalfOpenEnabled(
                        (Boolean) required(settings, "automaticTransitionFromOpenToHalfOpenEnabled"))
                .initialState((State) required(settings, "initialState"))
                .writableStackTraceEnabled((Boolean) required(settings, "writableStackTraceEnabled"));
        if (settings.get("slowCallDurationThreshold") instanceof Duration slow) {
            builder.slowCallDurationThreshold(slow);
        }
        if (settings.get("minimumNumberOfCalls") instanceof Integer calls) {
            builder.minimumNumberOfCalls(calls);
        }
        return builder;
    }

    private static Object required(CustomizedSettings settings, String property) {
        Object value = settings.get(property);
        settings.refuse(
                value == null,
                "out from settings among which " + property + " has no value",
                "Give that setting a value, or remove its key.");
        return Objects.requireNonNull(value);
    }

    private static void carry(CustomizedSettings settings, CircuitBreakerConfig before, CircuitBreakerConfig after) {
        settings.carry("failureRateThreshold", before.getFailureRateThreshold(), after.getFailureRateThreshold());
        settings.carry("slowCallRateThreshold", before.getSlowCallRateThreshold(), after.getSlowCallRateThreshold());
        settings.carry(
                "slowCallDurationThreshold",
                before.getSlowCallDurationThreshold(),
                after.getSlowCallDurationThreshold());
        settings.carry("slidingWindowType", before.getSlidingWindowType(), after.getSlidingWindowType());
        settings.carry("slidingWindowSize", before.getSlidingWindowSize(), after.getSlidingWindowSize());
        settings.carry("minimumNumberOfCalls", before.getMinimumNumberOfCalls(), after.getMinimumNumberOfCalls());
        settings.carry(
                "slidingWindowSynchronizationStrategy",
                before.getSlidingWindowSynchronizationStrategy(),
                after.getSlidingWindowSynchronizationStrategy());
        settings.carry(
                "permittedNumberOfCallsInHalfOpenState",
                before.getPermittedNumberOfCallsInHalfOpenState(),
                after.getPermittedNumberOfCallsInHalfOpenState());
        settings.carry(
                "maxWaitDurationInHalfOpenState",
                before.getMaxWaitDurationInHalfOpenState(),
                after.getMaxWaitDurationInHalfOpenState());
        settings.carry(
                "transitionToStateAfterWaitDuration",
                before.getTransitionToStateAfterWaitDuration(),
                after.getTransitionToStateAfterWaitDuration());
        settings.carry(
                "automaticTransitionFromOpenToHalfOpenEnabled",
                before.isAutomaticTransitionFromOpenToHalfOpenEnabled(),
                after.isAutomaticTransitionFromOpenToHalfOpenEnabled());
        settings.carry("initialState", before.getInitialState(), after.getInitialState());
        settings.carry(
                "writableStackTraceEnabled", before.isWritableStackTraceEnabled(), after.isWritableStackTraceEnabled());
        settings.carryPredicate(
                "recordFailurePredicate", before.getRecordExceptionPredicate(), after.getRecordExceptionPredicate());
        settings.carryPredicate(
                "ignoreExceptionPredicate", before.getIgnoreExceptionPredicate(), after.getIgnoreExceptionPredicate());
        settings.carryPredicate(
                "recordResultPredicate", before.getRecordResultPredicate(), after.getRecordResultPredicate());
        settings.refuse(
                !before.getClock().equals(after.getClock()),
                "a clock",
                "Remove that; tests can give the application a Ticker bean.");
    }

    /** A second wait is refused by the builder: so it is found out whether the customizer sets one. */
    private static boolean setsWait(CircuitBreakerConfigCustomizer customizer) {
        CircuitBreakerConfig.Builder builder =
                CircuitBreakerConfig.custom().waitDurationInOpenState(Duration.ofSeconds(1));
        try {
            customizer.customize(builder);
            builder.build();
            return false;
        } catch (IllegalStateException twice) {
            return true;
        }
    }

    private static void carryWait(CustomizedSettings settings, IntervalFunction wait) {
        long first = wait.apply(1);
        for (int trip = 2; trip <= LOOKED_AT; trip++) {
            settings.refuse(
                    wait.apply(trip) != first,
                    "a wait in the open state that is not always the same",
                    "Set wait-duration-in-open-state, from which waits grow up to max-wait-duration-in-open-state, and"
                            + " open-jitter under resilience.circuit-breaker.instances instead.");
        }
        settings.set("waitDurationInOpenState", Duration.ofMillis(first));
        settings.set("maxWaitDurationInOpenState", Duration.ofMillis(first));
        settings.set("openJitter", 0d);
        settings.set("probeIntervalInOpenState", Duration.ZERO);
    }
}
