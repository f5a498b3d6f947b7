package io.steadfast.spring.autoconfigure;

import java.util.function.BooleanSupplier;

import io.steadfast.core.time.Timer;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.live.LiveFeed;
import io.steadfast.spring.live.ResilienceStreamEndpoint;
import io.steadfast.spring.live.reactive.ReactiveStream;
import io.steadfast.spring.live.reactive.StreamFilter;
import io.steadfast.spring.live.servlet.ServletStream;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Streams what happens to guarded calls at {@code /actuator/resiliencestream}. Calls are counted only where that endpoint can be reached, or
 * a dashboard asks for it.
 */
@AutoConfiguration(after = {ResilienceAutoConfiguration.class, ResilienceEndpointAutoConfiguration.class})
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public final class ResilienceLiveAutoConfiguration {

    /** Made by Spring. */
    public ResilienceLiveAutoConfiguration() {}

    /** Apart, because the condition on the endpoint is itself a class of the actuator. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnAvailableEndpoint(endpoint = ResilienceStreamEndpoint.class, exposure = EndpointExposure.WEB)
    @ConditionalOnBean(value = CallCatalogue.class, search = SearchStrategy.CURRENT)
    @ConditionalOnWebApplication(type = Type.SERVLET)
    @ConditionalOnClass(SseEmitter.class)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static class Servlet {

        @Bean
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static LiveFeed resilienceLiveFeed(BeanFactory beans) {
            return LiveFeed.of(beans);
        }

        @Bean
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        static ResilienceStreamEndpoint resilienceStreamEndpoint(
                LiveFeed feed, ObjectProvider<Timer> timer, ObjectProvider<EndpointAccessResolver> access) {
            ServletStream stream = new ServletStream(feed, timer.getIfAvailable(Timer::system), writable(access));
            return new ResilienceStreamEndpoint(stream::open);
        }
    }

    /** The same for WebFlux, whose endpoints would gather a stream into a list if it were not wrapped. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnAvailableEndpoint(endpoint = ResilienceStreamEndpoint.class, exposure = EndpointExposure.WEB)
    @ConditionalOnBean(value = CallCatalogue.class, search = SearchStrategy.CURRENT)
    @ConditionalOnWebApplication(type = Type.REACTIVE)
    @ConditionalOnClass(DispatcherHandler.class)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static class Reactive {

        @Bean
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static LiveFeed resilienceLiveFeed(BeanFactory beans) {
            return LiveFeed.of(beans);
        }

        @Bean
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        static ResilienceStreamEndpoint resilienceStreamEndpoint(
                LiveFeed feed, ObjectProvider<EndpointAccessResolver> access) {
            ReactiveStream stream = new ReactiveStream(feed, writable(access));
            return new ResilienceStreamEndpoint(() -> new WebEndpointResponse<>(stream.open()));
        }

        /** Asked for with every request, so it looks up the path once: it is settled when the endpoints are. */
        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static StreamFilter resilienceStreamFilter(
                ObjectProvider<PathMappedEndpoints> endpoints, ObjectProvider<Timer> timer) {
            EndpointId endpoint = EndpointId.of("resiliencestream");
            return new StreamFilter(
                    SingletonSupplier.ofNullable(() -> {
                        PathMappedEndpoints mapped = endpoints.getIfAvailable();
                        return mapped == null ? null : mapped.getPath(endpoint);
                    }),
                    timer.getIfAvailable(Timer::system));
        }
    }

    /** Whether the endpoint {@code resilience} takes changes. */
    private static BooleanSupplier writable(ObjectProvider<EndpointAccessResolver> resolvers) {
        EndpointId endpoint = EndpointId.of("resilience");
        return () -> {
            EndpointAccessResolver resolver = resolvers.getIfAvailable();
            return resolver != null && resolver.accessFor(endpoint, Access.READ_ONLY) == Access.UNRESTRICTED;
        };
    }
}
