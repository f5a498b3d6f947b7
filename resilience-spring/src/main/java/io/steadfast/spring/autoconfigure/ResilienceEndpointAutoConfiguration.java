package io.steadfast.spring.autoconfigure;

import java.time.Clock;

import io.steadfast.core.time.WallClock;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.actuate.RecentEvents;
import io.steadfast.spring.actuate.ResilienceEndpoint;
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

/** Shows guarded calls at {@code /actuator/resilience}. Events are remembered only where that endpoint can be reached. */
@AutoConfiguration(after = ResilienceAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public final class ResilienceEndpointAutoConfiguration {

    /** Made by Spring. */
    public ResilienceEndpointAutoConfiguration() {}

    /** Apart, because the condition on the endpoint is itself a class of the actuator. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnAvailableEndpoint(ResilienceEndpoint.class)
    @ConditionalOnBean(value = CallCatalogue.class, search = SearchStrategy.CURRENT)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static class Available {

        @Bean
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static RecentEvents resilienceRecentEvents(BeanFactory beans) {
            ObjectProvider<Clock> clock = beans.getBeanProvider(Clock.class);
            return new RecentEvents(SingletonSupplier.of(() -> clock.getIfUnique(WallClock::system)));
        }

        @Bean
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        static ResilienceEndpoint resilienceEndpoint(BeanFactory beans) {
            return new ResilienceEndpoint(beans.getBean(CallCatalogue.class), beans.getBean(RecentEvents.class));
        }
    }
}
