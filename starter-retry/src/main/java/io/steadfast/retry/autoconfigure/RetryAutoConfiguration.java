package io.steadfast.retry.autoconfigure;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;

/** Plugs {@link io.steadfast.retry.Retry @Retry} in. */
@AutoConfiguration
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public final class RetryAutoConfiguration {

    /** Made by Spring. */
    public RetryAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static RetryPolicyProvider resilienceRetryPolicyProvider() {
        return new RetryPolicyProvider();
    }

    @Bean
    @ConditionalOnBooleanProperty("resilience.spring-annotations.enabled")
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static RetryableTranslator resilienceRetryableTranslator(ConfigurableListableBeanFactory beans) {
        return new RetryableTranslator(beans);
    }
}
