package io.steadfast.ratelimiter.autoconfigure;

import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Plugs {@link io.steadfast.ratelimiter.RateLimiter @RateLimiter} in. The limiters are in resilience4j's registry, which is a
 * bean, the application's own if it has one. Each context of a hierarchy has a registry of its own, as two contexts may well
 * have limiters of the same name.
 */
@AutoConfiguration(
        afterName = "io.github.resilience4j.springboot.ratelimiter.autoconfigure.RateLimiterAutoConfiguration")
public final class RateLimiterAutoConfiguration {

    /** Made by Spring. */
    public RateLimiterAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    static RateLimiterRegistry resilienceRateLimiterRegistry() {
        return RateLimiterRegistry.ofDefaults();
    }

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    static RateLimiterPolicyProvider resilienceRateLimiterPolicyProvider(BeanFactory beans) {
        return new RateLimiterPolicyProvider(beans.getBean(RateLimiterRegistry.class));
    }

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    static RateLimiterRules resilienceRateLimiterRules(Environment environment) {
        return new RateLimiterRules(environment);
    }
}
