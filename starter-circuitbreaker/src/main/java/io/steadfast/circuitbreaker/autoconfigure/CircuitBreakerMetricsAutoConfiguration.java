package io.steadfast.circuitbreaker.autoconfigure;

import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;

/**
 * Publishes resilience4j's breaker meters under their own names, for the dashboards there are. Steps back where
 * resilience4j's own binding is present, or each call would be metered twice.
 */
@AutoConfiguration(after = CircuitBreakerAutoConfiguration.class)
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnBooleanProperty(name = "resilience.metrics.enabled", matchIfMissing = true)
public final class CircuitBreakerMetricsAutoConfiguration {

    /** Made by Spring. */
    public CircuitBreakerMetricsAutoConfiguration() {}

    @Bean
    @ConditionalOnBooleanProperty(name = "resilience.metrics.resilience4j-names", matchIfMissing = true)
    @ConditionalOnMissingBean(
            type = {
                "io.steadfast.circuitbreaker.autoconfigure.BreakerMeters",
                "io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics",
                "io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetricsPublisher"
            },
            search = SearchStrategy.CURRENT)
    BreakerMeters resilienceBreakerMeters(BeanFactory beans) {
        return new BreakerMeters(beans.getBean(BreakerPolicies.class));
    }
}
