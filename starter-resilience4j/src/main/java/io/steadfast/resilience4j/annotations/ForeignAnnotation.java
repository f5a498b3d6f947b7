package io.steadfast.resilience4j.annotations;

import java.lang.annotation.Annotation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.github.resilience4j.bulkhead.annotation.Bulkhead;
import io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker;
import io.github.resilience4j.micrometer.annotation.Timer;
import io.github.resilience4j.ratelimiter.annotation.RateLimiter;
import io.github.resilience4j.retry.annotation.Retry;
import io.github.resilience4j.timelimiter.annotation.TimeLimiter;
import io.steadfast.resilience4j.properties.ForeignPolicy;

/**
 * One of resilience4j's annotations, which have no type in common.
 *
 * @param policy what it asks for
 * @param name as written
 * @param configuration as written
 * @param fallbackMethod as written
 * @param permits what a call takes of a rate limiter
 */
record ForeignAnnotation(ForeignPolicy policy, String name, String configuration, String fallbackMethod, int permits) {

    /** In the order of resilience4j's aspects, outermost first. */
    private static final Map<Class<? extends Annotation>, ForeignPolicy> TYPES = new LinkedHashMap<>();

    static {
        TYPES.put(Retry.class, ForeignPolicy.RETRY);
        TYPES.put(CircuitBreaker.class, ForeignPolicy.CIRCUIT_BREAKER);
        TYPES.put(RateLimiter.class, ForeignPolicy.RATE_LIMITER);
        TYPES.put(TimeLimiter.class, ForeignPolicy.TIME_LIMITER);
        TYPES.put(Bulkhead.class, ForeignPolicy.BULKHEAD);
        TYPES.put(Timer.class, ForeignPolicy.TIMER);
    }

    static Set<Class<? extends Annotation>> types() {
        return TYPES.keySet();
    }

    static ForeignAnnotation of(Annotation annotation) {
        if (annotation instanceof Retry it) {
            return plain(ForeignPolicy.RETRY, it.name(), it.configuration(), it.fallbackMethod());
        }
        if (annotation instanceof CircuitBreaker it) {
            return plain(ForeignPolicy.CIRCUIT_BREAKER, it.name(), it.configuration(), it.fallbackMethod());
        }
        if (annotation instanceof RateLimiter it) {
            return new ForeignAnnotation(
                    ForeignPolicy.RATE_LIMITER, it.name(), it.configuration(), it.fallbackMethod(), it.permits());
        }
        if (annotation instanceof TimeLimiter it) {
            return plain(ForeignPolicy.TIME_LIMITER, it.name(), it.configuration(), it.fallbackMethod());
        }
        if (annotation instanceof Bulkhead it) {
            ForeignPolicy policy =
                    it.type() == Bulkhead.Type.THREADPOOL ? ForeignPolicy.THREAD_POOL_BULKHEAD : ForeignPolicy.BULKHEAD;
            return plain(policy, it.name(), it.configuration(), it.fallbackMethod());
        }
        if (annotation instanceof Timer it) {
            return plain(ForeignPolicy.TIMER, it.name(), it.configuration(), it.fallbackMethod());
        }
        throw new IllegalArgumentException("No annotation of resilience4j: " + annotation);
    }

    private static ForeignAnnotation plain(
            ForeignPolicy policy, String name, String configuration, String fallbackMethod) {
        return new ForeignAnnotation(policy, name, configuration, fallbackMethod, 1);
    }

    /** As messages name it. */
    String label() {
        return switch (policy) {
            case RETRY -> "@Retry";
            case CIRCUIT_BREAKER -> "@CircuitBreaker";
            case RATE_LIMITER -> "@RateLimiter";
            case TIME_LIMITER -> "@TimeLimiter";
            case BULKHEAD, THREAD_POOL_BULKHEAD -> "@Bulkhead";
            case TIMER -> "@Timer";
        };
    }
}
