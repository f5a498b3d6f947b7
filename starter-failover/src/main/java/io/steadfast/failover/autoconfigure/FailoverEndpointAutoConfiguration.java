package io.steadfast.failover.autoconfigure;

import java.time.Clock;

import io.steadfast.core.time.WallClock;
import io.steadfast.failover.actuate.FailoverEndpoint;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.actuate.RequestFields;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.util.function.SingletonSupplier;

/** Shows pools at {@code /actuator/failover}. */
@AutoConfiguration(afterName = "io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration")
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public final class FailoverEndpointAutoConfiguration {

    /** Made by Spring. */
    public FailoverEndpointAutoConfiguration() {}

    /** Apart, because the condition on the endpoint is itself a class of the actuator. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnAvailableEndpoint(FailoverEndpoint.class)
    @ConditionalOnBean(value = CallCatalogue.class, search = SearchStrategy.CURRENT)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static class Available {

        @Bean
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        static FailoverEndpoint resilienceFailoverEndpoint(BeanFactory beans) {
            ObjectProvider<Clock> clock = beans.getBeanProvider(Clock.class);
            return new FailoverEndpoint(
                    new Pools(beans.getBean(CallCatalogue.class)),
                    SingletonSupplier.of(() -> clock.getIfUnique(WallClock::system)));
        }

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static RequestFields resilienceFailoverRequestFields() {
            return new RequestFields(FailoverEndpoint.ID);
        }
    }
}
