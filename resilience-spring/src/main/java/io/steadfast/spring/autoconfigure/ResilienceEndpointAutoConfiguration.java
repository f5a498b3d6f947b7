package io.steadfast.spring.autoconfigure;

import java.time.Clock;

import io.steadfast.core.time.WallClock;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.actuate.AuditPublisher;
import io.steadfast.spring.actuate.CallBoard;
import io.steadfast.spring.actuate.RecentEvents;
import io.steadfast.spring.actuate.RequestFields;
import io.steadfast.spring.actuate.ResilienceEndpoint;
import io.steadfast.spring.actuate.reactive.NestedValuesFilter;
import io.steadfast.spring.actuate.servlet.ExactPath;
import io.steadfast.spring.actuate.servlet.NestedValuesAdvice;
import io.steadfast.spring.steer.LiveChanges;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.server.WebFilter;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdvice;

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
        static CallBoard resilienceCallBoard(BeanFactory beans) {
            return new CallBoard(beans.getBean(LiveChanges.class), beans.getBean(RecentEvents.class));
        }

        @Bean
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        static ResilienceEndpoint resilienceEndpoint(BeanFactory beans) {
            return new ResilienceEndpoint(beans.getBean(CallBoard.class));
        }

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static RequestFields resilienceRequestFields() {
            return new RequestFields(ResilienceEndpoint.ID);
        }
    }

    /** Requests that write, in a servlet application. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnAvailableEndpoint(ResilienceEndpoint.class)
    @ConditionalOnClass(RequestBodyAdvice.class)
    @ConditionalOnWebApplication(type = Type.SERVLET)
    static class OnServlet {

        @Bean
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        static NestedValuesAdvice resilienceNestedValues() {
            return new NestedValuesAdvice();
        }

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static ExactPath resilienceExactPath() {
            return new ExactPath(ResilienceEndpoint.ID);
        }
    }

    /** Requests that write, in a reactive application. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnAvailableEndpoint(ResilienceEndpoint.class)
    @ConditionalOnClass(WebFilter.class)
    @ConditionalOnWebApplication(type = Type.REACTIVE)
    static class OnReactive {

        @Bean
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        static NestedValuesFilter resilienceNestedValues(ObjectProvider<PathMappedEndpoints> endpoints) {
            EndpointId id = EndpointId.of(ResilienceEndpoint.ID);
            return new NestedValuesFilter(SingletonSupplier.of(
                    () -> String.valueOf(endpoints.getObject().getPath(id))));
        }
    }

    /** The actuator's audit log. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(AuditApplicationEvent.class)
    @ConditionalOnBean(value = LiveChanges.class, search = SearchStrategy.CURRENT)
    static class Audit {

        @Bean
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        static AuditPublisher resilienceAuditPublisher(ApplicationEventPublisher publisher) {
            return new AuditPublisher(publisher);
        }
    }
}
