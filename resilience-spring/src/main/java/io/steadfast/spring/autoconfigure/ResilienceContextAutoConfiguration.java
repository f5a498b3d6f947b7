package io.steadfast.spring.autoconfigure;

import io.micrometer.context.ContextSnapshotFactory;
import io.steadfast.core.ContextCarrier;
import io.steadfast.spring.context.MicrometerContextCarrier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;

/**
 * Where Micrometer's context propagation is present, has guarded calls that go on on another thread take their caller's context
 * with them. An application's own {@link ContextCarrier} bean replaces it.
 */
@AutoConfiguration(before = ResilienceAutoConfiguration.class)
@ConditionalOnClass(ContextSnapshotFactory.class)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public final class ResilienceContextAutoConfiguration {

    /** Made by Spring. */
    public ResilienceContextAutoConfiguration() {}

    /** What a thread has and the caller had not belongs to somebody else, so it is hidden while the call runs there. */
    @Bean
    @ConditionalOnMissingBean(ContextCarrier.class)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static MicrometerContextCarrier resilienceContextCarrier() {
        return new MicrometerContextCarrier(
                ContextSnapshotFactory.builder().clearMissing(true).build());
    }
}
