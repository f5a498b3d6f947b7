package io.steadfast.springcloud.autoconfigure;

import io.steadfast.reactor.ReactorPipelines;
import io.steadfast.springcloud.CircuitBreakerIds;
import io.steadfast.springcloud.reactive.ReactiveSteadfastCircuitBreakerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.client.circuitbreaker.Customizer;
import org.springframework.cloud.client.circuitbreaker.ReactiveCircuitBreakerFactory;
import org.springframework.context.annotation.Bean;
import reactor.core.publisher.Mono;

/** Makes ours the {@code ReactiveCircuitBreakerFactory} of the application, unless it has declared one itself. */
@AutoConfiguration(
        after = SpringCloudCircuitBreakerAutoConfiguration.class,
        beforeName = {
            "org.springframework.cloud.circuitbreaker.resilience4j.ReactiveResilience4JAutoConfiguration",
            "org.springframework.cloud.client.CommonsClientAutoConfiguration"
        })
@ConditionalOnClass({ReactiveCircuitBreakerFactory.class, Mono.class, ReactorPipelines.class})
public final class ReactiveSpringCloudCircuitBreakerAutoConfiguration {

    /** Made by Spring. */
    public ReactiveSpringCloudCircuitBreakerAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(ReactiveCircuitBreakerFactory.class)
    static ReactiveSteadfastCircuitBreakerFactory resilienceReactiveCircuitBreakerFactory(
            CircuitBreakerIds ids, ObjectProvider<Customizer<ReactiveSteadfastCircuitBreakerFactory>> customizers) {
        ReactiveSteadfastCircuitBreakerFactory factory = new ReactiveSteadfastCircuitBreakerFactory(ids);
        customizers.orderedStream().forEach(customizer -> customizer.customize(factory));
        return factory;
    }
}
