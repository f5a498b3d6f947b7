package io.steadfast.circuitbreaker.autoconfigure;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Plugs {@link io.steadfast.circuitbreaker.CircuitBreaker @CircuitBreaker} in. The engines are in resilience4j's registry,
 * which is a bean, the application's own if it has one.
 */
@AutoConfiguration(
        afterName = "io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration")
public final class CircuitBreakerAutoConfiguration {

    /** Made by Spring. */
    public CircuitBreakerAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    static CircuitBreakerRegistry circuitBreakerRegistry() {
        return CircuitBreakerRegistry.ofDefaults();
    }

    @Bean
    @ConditionalOnMissingBean
    static BreakerPolicies breakerPolicies() {
        return new BreakerPolicies();
    }

    @Bean
    @ConditionalOnMissingBean
    static CircuitBreakerPolicyProvider circuitBreakerPolicyProvider(
            CircuitBreakerRegistry registry, BreakerPolicies policies) {
        return new CircuitBreakerPolicyProvider(registry, policies);
    }
}
