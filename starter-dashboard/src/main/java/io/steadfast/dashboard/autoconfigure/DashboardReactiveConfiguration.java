package io.steadfast.dashboard.autoconfigure;

import io.steadfast.core.time.Timer;
import io.steadfast.dashboard.DashboardApi;
import io.steadfast.dashboard.DashboardPath;
import io.steadfast.dashboard.PageFiles;
import io.steadfast.dashboard.reactive.OwnCsrfWebFilter;
import io.steadfast.dashboard.reactive.ReactiveActuatorRuleGate;
import io.steadfast.dashboard.reactive.ReactiveActuatorRuleGate.ActuatorTarget;
import io.steadfast.dashboard.reactive.ReactiveDashboardController;
import io.steadfast.dashboard.reactive.ReactiveDashboardMapping;
import io.steadfast.dashboard.reactive.ReactiveLocalGate;
import io.steadfast.dashboard.reactive.ReactiveViewerGate;
import io.steadfast.spring.live.reactive.ReactiveStream;
import io.steadfast.spring.live.reactive.StreamFilter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.WebFilterChainProxy;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;
import reactor.core.publisher.Mono;

/** Serves the page where the actuator is served: by the application's own server, or by the one on {@code management.server.port}. */
@ManagementContextConfiguration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = Type.REACTIVE)
@ConditionalOnClass(DispatcherHandler.class)
@ConditionalOnBean(DashboardApi.class)
final class DashboardReactiveConfiguration {

    private static final ReactiveViewerGate OPEN = exchange -> Mono.empty();

    @Bean
    static ReactiveDashboardMapping resilienceDashboardMapping(
            DashboardApi api,
            PageFiles files,
            DashboardPath path,
            DashboardProperties properties,
            Environment environment,
            ObjectProvider<ForwardedHeaderTransformer> transformer,
            ObjectProvider<ReactiveViewerGate> gate) {
        ReactiveStream stream = new ReactiveStream(api.feed(), api::isWritable);
        return new ReactiveDashboardMapping(
                new ReactiveDashboardController(api, files, path, stream),
                api.isReadable(),
                path,
                gate.getIfAvailable(() -> unguarded(properties, environment, transformer, api)));
    }

    @Bean
    static StreamFilter resilienceDashboardStreamFilter(DashboardPath path, ObjectProvider<Timer> timer) {
        return new StreamFilter(() -> path.value() + "/api/stream", timer.getIfUnique(Timer::system));
    }

    private static ReactiveViewerGate unguarded(
            DashboardProperties properties,
            Environment environment,
            ObjectProvider<ForwardedHeaderTransformer> transformer,
            DashboardApi api) {
        if (properties.isForEverybody()) {
            return OPEN;
        }
        boolean transformed = transformer.stream().findAny().isPresent();
        return new ReactiveLocalGate(LocalViewers.onWebFlux(environment, transformed), api.headers());
    }

    @Bean
    static DashboardNotice resilienceDashboardNotice(
            DashboardPath path, DashboardApi api, DashboardProperties properties, Environment environment) {
        return new DashboardNotice(
                path, api, properties.isForEverybody(), environment.getProperty("spring.webflux.base-path", ""));
    }

    /**
     * Where Spring Security may guard the application. Whether it does is looked up with each request: a condition could be asked before
     * the filters are declared, and would leave the page open.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(WebFilterChainProxy.class)
    static class Secured {

        @Bean
        static ReactiveViewerGate resilienceDashboardGate(
                DashboardProperties properties,
                Environment environment,
                ObjectProvider<ForwardedHeaderTransformer> transformer,
                DashboardApi api,
                ObjectProvider<WebFilterChainProxy> filters,
                ObjectProvider<SecurityWebFilterChain> chains,
                PathMappedEndpoints endpoints) {
            ReactiveViewerGate without = unguarded(properties, environment, transformer, api);
            ReactiveViewerGate rules = switch (properties.getSecurity()) {
                case APPLICATION -> OPEN;
                case ACTUATOR ->
                    new ReactiveActuatorRuleGate(() -> chains.orderedStream().toList(), () -> target(endpoints));
            };
            return exchange -> (filters.getIfAvailable() == null ? without : rules).admit(exchange);
        }

        @Bean
        static OwnCsrfWebFilter resilienceDashboardCsrfFilter(DashboardPath path) {
            return new OwnCsrfWebFilter(path);
        }

        private static ActuatorTarget target(PathMappedEndpoints endpoints) {
            String path = endpoints.getPath(EndpointId.of("resilience"));
            return path == null
                    ? new ActuatorTarget(endpoints.getBasePath().isEmpty() ? "/" : endpoints.getBasePath(), false)
                    : new ActuatorTarget(path, true);
        }
    }
}
