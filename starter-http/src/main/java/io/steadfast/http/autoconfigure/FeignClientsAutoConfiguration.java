package io.steadfast.http.autoconfigure;

import feign.Capability;
import io.steadfast.http.HttpTargets;
import io.steadfast.http.feign.FeignAnswers;
import io.steadfast.http.feign.GuardedFeign;
import io.steadfast.http.feign.LeasedFeign;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Guards every Feign client that Spring Cloud OpenFeign makes: it takes capabilities that are beans. The guard is the last one to be applied
 * and so lies around the others, and around a load balancer: each attempt may go to another instance.
 */
@AutoConfiguration(after = HttpClientsAutoConfiguration.class)
@ConditionalOnClass(Capability.class)
@ConditionalOnBooleanProperty(name = "resilience.http.enabled", matchIfMissing = true)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public final class FeignClientsAutoConfiguration {

    /** Made by Spring. */
    public FeignClientsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static FeignAnswers resilienceFeignAnswers() {
        return new FeignAnswers();
    }

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    static LeasedFeign resilienceLeasedFeign(HttpTargets targets) {
        return new LeasedFeign(targets);
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    static GuardedFeign resilienceGuardedFeign(HttpTargets targets) {
        return GuardedFeign.of(targets);
    }
}
