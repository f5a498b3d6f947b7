package io.steadfast.spring.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.metrics.MeterListener;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;

/**
 * Counts and times guarded calls where there is a meter registry. Without one no listener is made, so that calls are spared
 * the two clock readings a timer costs.
 */
@AutoConfiguration(
        after = ResilienceAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public final class ResilienceMetricsAutoConfiguration {

    /** Made by Spring. */
    public ResilienceMetricsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static MeterListener resilienceMeterListener(
            ObjectProvider<MeterRegistry> registries, ObjectProvider<CallCatalogue> catalogue) {
        return new MeterListener(registries, catalogue);
    }
}
