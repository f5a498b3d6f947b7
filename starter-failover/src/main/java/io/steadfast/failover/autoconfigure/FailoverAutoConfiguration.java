package io.steadfast.failover.autoconfigure;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;

/** Plugs {@link io.steadfast.failover.Failover @Failover} in. */
@AutoConfiguration
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public final class FailoverAutoConfiguration {

    /** Made by Spring. */
    public FailoverAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static FailoverPolicyProvider resilienceFailoverPolicyProvider() {
        return new FailoverPolicyProvider();
    }

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static SettingsWithoutEffect resilienceFailoverSettingsWithoutEffect(Environment environment) {
        return new SettingsWithoutEffect(environment);
    }
}
