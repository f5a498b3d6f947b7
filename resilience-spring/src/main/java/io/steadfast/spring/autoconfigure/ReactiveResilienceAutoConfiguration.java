package io.steadfast.spring.autoconfigure;

import io.steadfast.spring.CallStyle;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Guards methods that return a {@link Mono} or a {@link Flux}, where Reactor is present. */
@AutoConfiguration
@ConditionalOnClass(Flux.class)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public final class ReactiveResilienceAutoConfiguration {

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    CallStyle resilienceMonoCallStyle() {
        return ReactorCallStyle.MONO;
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    CallStyle resilienceFluxCallStyle() {
        return ReactorCallStyle.FLUX;
    }
}
