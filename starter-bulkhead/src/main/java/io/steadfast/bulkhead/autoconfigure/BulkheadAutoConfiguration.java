package io.steadfast.bulkhead.autoconfigure;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;

/** Plugs {@link io.steadfast.bulkhead.Bulkhead @Bulkhead} in. */
@AutoConfiguration
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public final class BulkheadAutoConfiguration {

    /** Made by Spring. */
    public BulkheadAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static BulkheadPolicyProvider resilienceBulkheadPolicyProvider() {
        return new BulkheadPolicyProvider();
    }

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static SettingsWithoutEffect resilienceBulkheadSettingsWithoutEffect() {
        return new SettingsWithoutEffect();
    }

    @Bean
    @ConditionalOnBooleanProperty("resilience.spring-annotations.enabled")
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static ConcurrencyLimitTranslator resilienceConcurrencyLimitTranslator(ConfigurableListableBeanFactory beans) {
        return new ConcurrencyLimitTranslator(beans);
    }
}
