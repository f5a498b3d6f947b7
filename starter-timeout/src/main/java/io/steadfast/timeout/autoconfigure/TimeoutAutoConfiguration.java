package io.steadfast.timeout.autoconfigure;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;

/** Plugs {@link io.steadfast.timeout.Timeout @Timeout} in, and what a limit has to agree with. */
@AutoConfiguration
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public final class TimeoutAutoConfiguration {

    /** Made by Spring. */
    public TimeoutAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static TimeoutPolicyProvider resilienceTimeoutPolicyProvider() {
        return new TimeoutPolicyProvider();
    }

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static TimesThatFit resilienceTimesThatFit() {
        return new TimesThatFit();
    }
}
