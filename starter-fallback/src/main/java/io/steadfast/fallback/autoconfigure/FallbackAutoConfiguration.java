package io.steadfast.fallback.autoconfigure;

import io.steadfast.fallback.Fallback;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;

/** Plugs {@link Fallback @Fallback} in. */
@AutoConfiguration
public final class FallbackAutoConfiguration {

    /** Made by Spring. */
    public FallbackAutoConfiguration() {}

    /** Static and infrastructure: needed while other beans are still being made. */
    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static FallbackPolicyProvider resilienceFallbackPolicyProvider() {
        return new FallbackPolicyProvider();
    }
}
