package io.steadfast.http.autoconfigure;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.web.client.RestTemplate;

/**
 * Comes after Spring Cloud's load balancer, because both act when all beans are made. By order, not by name: what names the load balancer
 * would take it along to the front, before the clients that it looks for.
 */
@AutoConfiguration
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnClass(RestTemplate.class)
@ConditionalOnBooleanProperty(name = "resilience.http.enabled", matchIfMissing = true)
public final class RestTemplatesAutoConfiguration {

    /** Made by Spring. */
    public RestTemplatesAutoConfiguration() {}

    @Bean
    static RestTemplates resilienceRestTemplates(ConfigurableListableBeanFactory beans) {
        return new RestTemplates(beans);
    }
}
