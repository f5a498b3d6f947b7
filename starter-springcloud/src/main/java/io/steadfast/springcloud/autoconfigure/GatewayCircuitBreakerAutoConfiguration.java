package io.steadfast.springcloud.autoconfigure;

import io.steadfast.core.OutcomeReader;
import io.steadfast.springcloud.CircuitBreakerIds;
import io.steadfast.springcloud.reactive.ReactiveSteadfastCircuitBreakerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.gateway.config.conditional.ConditionalOnEnabledFilter;
import org.springframework.cloud.gateway.filter.factory.FallbackHeadersGatewayFilterFactory;
import org.springframework.cloud.gateway.filter.factory.SpringCloudCircuitBreakerFilterFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.DispatcherHandler;

/**
 * Gives Spring Cloud Gateway its {@code CircuitBreaker} and {@code FallbackHeaders} filters, which Gateway itself only makes for
 * resilience4j.
 */
@AutoConfiguration(
        after = ReactiveSpringCloudCircuitBreakerAutoConfiguration.class,
        beforeName = "org.springframework.cloud.gateway.config.GatewayResilience4JCircuitBreakerAutoConfiguration")
@ConditionalOnClass({DispatcherHandler.class, SpringCloudCircuitBreakerFilterFactory.class})
@ConditionalOnProperty(name = "spring.cloud.gateway.server.webflux.enabled", matchIfMissing = true)
@ConditionalOnBean(ReactiveSteadfastCircuitBreakerFactory.class)
public final class GatewayCircuitBreakerAutoConfiguration {

    /** Made by Spring. */
    public GatewayCircuitBreakerAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(SpringCloudCircuitBreakerFilterFactory.class)
    @ConditionalOnEnabledFilter
    static PipelineFilterFactory resilienceCircuitBreakerFilterFactory(
            ReactiveSteadfastCircuitBreakerFactory factory,
            CircuitBreakerIds ids,
            ObjectProvider<DispatcherHandler> dispatcher) {
        return new PipelineFilterFactory(factory, ids, dispatcher);
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    static OutcomeReader resilienceGatewayOutcomeReader() {
        return RoutedExchange.Reader.INSTANCE;
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnEnabledFilter
    static FallbackHeadersGatewayFilterFactory fallbackHeadersGatewayFilterFactory() {
        return new FallbackHeadersGatewayFilterFactory();
    }
}
