package io.steadfast.springcloud.autoconfigure;

import io.steadfast.spring.NamedCalls;
import io.steadfast.spring.PolicyProvider;
import io.steadfast.spring.PropertySection;
import io.steadfast.springcloud.CircuitBreakerIds;
import io.steadfast.springcloud.SteadfastCircuitBreakerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.cloud.client.circuitbreaker.CircuitBreakerFactory;
import org.springframework.cloud.client.circuitbreaker.Customizer;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Makes ours the {@code CircuitBreakerFactory} of the application, unless it has declared one itself. Comes before all that look for one,
 * and before Spring Cloud's own on resilience4j, which steps back then.
 */
@AutoConfiguration(
        beforeName = {
            "org.springframework.cloud.circuitbreaker.resilience4j.Resilience4JAutoConfiguration",
            "org.springframework.cloud.client.CommonsClientAutoConfiguration",
            "org.springframework.cloud.openfeign.FeignAutoConfiguration"
        })
@ConditionalOnClass(CircuitBreakerFactory.class)
public final class SpringCloudCircuitBreakerAutoConfiguration {

    /** Made by Spring. */
    public SpringCloudCircuitBreakerAutoConfiguration() {}

    @Bean
    static PropertySection resilienceSpringCloudSection() {
        return new PropertySection("spring-cloud", SpringCloudProperties.class);
    }

    @Bean
    static CircuitBreakerIds resilienceCircuitBreakerIds(
            NamedCalls calls, ObjectProvider<PolicyProvider<?, ?>> providers, Environment environment) {
        int limit = Binder.get(environment)
                .bindOrCreate("resilience.spring-cloud", SpringCloudProperties.class)
                .getMaxIds();
        return new CircuitBreakerIds(calls, providers.orderedStream().toList(), environment, limit);
    }

    @Bean
    @ConditionalOnMissingBean(CircuitBreakerFactory.class)
    static SteadfastCircuitBreakerFactory resilienceCircuitBreakerFactory(
            CircuitBreakerIds ids, ObjectProvider<Customizer<SteadfastCircuitBreakerFactory>> customizers) {
        SteadfastCircuitBreakerFactory factory = new SteadfastCircuitBreakerFactory(ids);
        customizers.orderedStream().forEach(customizer -> customizer.customize(factory));
        return factory;
    }
}
