package io.steadfast.circuitbreaker.autoconfigure;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;

/**
 * Plugs {@link io.steadfast.circuitbreaker.CircuitBreaker @CircuitBreaker} in. The engines are in resilience4j's registry,
 * which is a bean, the application's own if it has one. Each context of a hierarchy has a registry of its own, as two
 * contexts may well have breakers of the same name.
 */
@AutoConfiguration(
        afterName = "io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration")
public final class CircuitBreakerAutoConfiguration {

    /** Made by Spring. */
    public CircuitBreakerAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    static CircuitBreakerRegistry resilienceCircuitBreakerRegistry() {
        return CircuitBreakerRegistry.ofDefaults();
    }

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    static BreakerPolicies resilienceBreakerPolicies() {
        return new BreakerPolicies();
    }

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    static CircuitBreakerPolicyProvider resilienceCircuitBreakerPolicyProvider(BeanFactory beans) {
        return new CircuitBreakerPolicyProvider(
                beans.getBean(CircuitBreakerRegistry.class), beans.getBean(BreakerPolicies.class));
    }
}
