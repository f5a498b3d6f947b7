package io.steadfast.resilience4j.registry;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.resilience4j.common.CompositeCustomizer;
import io.github.resilience4j.common.CustomizerWithName;
import io.github.resilience4j.common.bulkhead.configuration.BulkheadConfigCustomizer;
import io.github.resilience4j.common.circuitbreaker.configuration.CircuitBreakerConfigCustomizer;
import io.github.resilience4j.common.ratelimiter.configuration.RateLimiterConfigCustomizer;
import io.github.resilience4j.common.retry.configuration.RetryConfigCustomizer;
import io.github.resilience4j.common.timelimiter.configuration.TimeLimiterConfigCustomizer;
import org.springframework.beans.factory.BeanFactory;

/** The application's customizer beans. Asked for with each instance that is made, because they come to be after all registries. */
public final class Customizers {

    private final BeanFactory beans;

    /**
     * Customizers.
     *
     * @param beans where to look for them
     */
    public Customizers(BeanFactory beans) {
        this.beans = beans;
    }

    /**
     * The customizer of an instance.
     *
     * @param type the kind of customizer
     * @param instance the instance's name
     * @return the customizer, if there is one
     * @throws IllegalStateException if there are two
     */
    <C extends CustomizerWithName> Optional<C> find(Class<C> type, String instance) {
        return all(type).getCustomizer(instance);
    }

    /**
     * All customizers of a kind.
     *
     * @param type the kind of customizer
     * @param <C> the same
     * @return the customizers by name
     */
    public <C extends CustomizerWithName> CompositeCustomizer<C> all(Class<C> type) {
        try (Stream<C> found = beans.getBeanProvider(type).orderedStream()) {
            return new CompositeCustomizer<>(found.toList());
        }
    }

    /**
     * Whom there are customizers for.
     *
     * @param kind a kind of policy
     * @return names of instances
     */
    public Set<String> names(Kind kind) {
        return all(type(kind)).instanceNames().stream().collect(Collectors.toUnmodifiableSet());
    }

    private static Class<? extends CustomizerWithName> type(Kind kind) {
        return switch (kind) {
            case CIRCUIT_BREAKER -> CircuitBreakerConfigCustomizer.class;
            case RATE_LIMITER -> RateLimiterConfigCustomizer.class;
            case RETRY -> RetryConfigCustomizer.class;
            case BULKHEAD -> BulkheadConfigCustomizer.class;
            case TIME_LIMITER -> TimeLimiterConfigCustomizer.class;
        };
    }
}
