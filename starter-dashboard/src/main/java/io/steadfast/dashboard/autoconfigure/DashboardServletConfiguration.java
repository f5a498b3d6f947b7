package io.steadfast.dashboard.autoconfigure;

import jakarta.servlet.Filter;

import io.steadfast.core.time.Timer;
import io.steadfast.dashboard.DashboardApi;
import io.steadfast.dashboard.DashboardPath;
import io.steadfast.dashboard.PageFiles;
import io.steadfast.dashboard.servlet.ActuatorRuleGate;
import io.steadfast.dashboard.servlet.ActuatorRuleGate.ActuatorTarget;
import io.steadfast.dashboard.servlet.DashboardController;
import io.steadfast.dashboard.servlet.DashboardHandlerMapping;
import io.steadfast.dashboard.servlet.LocalGate;
import io.steadfast.dashboard.servlet.OwnCsrfFilter;
import io.steadfast.dashboard.servlet.ViewerGate;
import io.steadfast.spring.live.servlet.ServletStream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletPath;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.debug.DebugFilter;
import org.springframework.web.servlet.DispatcherServlet;

/** Serves the page where the actuator is served: by the application's own server, or by the one on {@code management.server.port}. */
@ManagementContextConfiguration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = Type.SERVLET)
@ConditionalOnClass({DispatcherServlet.class, DispatcherServletPath.class})
@ConditionalOnBean(DashboardApi.class)
final class DashboardServletConfiguration {

    private static final ViewerGate OPEN = (request, response) -> true;

    @Bean
    static DashboardHandlerMapping resilienceDashboardMapping(
            DashboardApi api,
            PageFiles files,
            DashboardPath path,
            ObjectProvider<Timer> timer,
            DashboardProperties properties,
            Environment environment,
            ObjectProvider<ViewerGate> gate) {
        ServletStream stream = new ServletStream(api.feed(), timer.getIfUnique(Timer::system), api::isWritable);
        return new DashboardHandlerMapping(
                new DashboardController(api, files, path, stream),
                api.isReadable(),
                path,
                gate.getIfAvailable(() -> unguarded(properties, environment, api)));
    }

    private static ViewerGate unguarded(DashboardProperties properties, Environment environment, DashboardApi api) {
        return properties.isForEverybody() ? OPEN : new LocalGate(LocalViewers.onServlets(environment), api.headers());
    }

    @Bean
    static DashboardNotice resilienceDashboardNotice(
            DashboardPath path,
            DashboardApi api,
            DashboardProperties properties,
            ObjectProvider<DispatcherServletPath> servlet,
            Environment environment) {
        return new DashboardNotice(
                path,
                api,
                properties.isForEverybody(),
                environment.getProperty("server.servlet.context-path", "") + prefix(servlet));
    }

    private static String prefix(ObjectProvider<DispatcherServletPath> servlet) {
        DispatcherServletPath path = servlet.getIfAvailable();
        return path == null ? "" : path.getPrefix();
    }

    /**
     * Where Spring Security may guard the application. Whether it does is looked up with each request: a condition could be asked before
     * the filters are declared, and would leave the page open.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(FilterChainProxy.class)
    static class Secured {

        private static final String FILTERS = "springSecurityFilterChain";

        /** Before Spring Security's filters, which are at -100. */
        private static final int BEFORE_SECURITY = -110;

        @Bean
        static ViewerGate resilienceDashboardGate(
                DashboardProperties properties,
                Environment environment,
                DashboardApi api,
                BeanFactory beans,
                PathMappedEndpoints endpoints) {
            ViewerGate without = unguarded(properties, environment, api);
            ViewerGate rules = switch (properties.getSecurity()) {
                case APPLICATION -> OPEN;
                case ACTUATOR ->
                    new ActuatorRuleGate(() -> chains(beans.getBean(FILTERS, Filter.class)), () -> target(endpoints));
            };
            return (request, response) -> (beans.containsBean(FILTERS) ? rules : without).admits(request, response);
        }

        @Bean
        static FilterRegistrationBean<OwnCsrfFilter> resilienceDashboardCsrfFilter(
                DashboardPath path, ObjectProvider<DispatcherServletPath> servlet) {
            FilterRegistrationBean<OwnCsrfFilter> filter = new FilterRegistrationBean<>(new OwnCsrfFilter());
            filter.addUrlPatterns(prefix(servlet) + path.value() + DashboardApi.CALLS);
            filter.setOrder(BEFORE_SECURITY);
            return filter;
        }

        private static @Nullable FilterChainProxy chains(Filter filter) {
            if (filter instanceof DebugFilter debug) {
                return debug.getFilterChainProxy();
            }
            return filter instanceof FilterChainProxy proxy ? proxy : null;
        }

        private static ActuatorTarget target(PathMappedEndpoints endpoints) {
            String path = endpoints.getPath(EndpointId.of("resilience"));
            return path == null
                    ? new ActuatorTarget(endpoints.getBasePath().isEmpty() ? "/" : endpoints.getBasePath(), false)
                    : new ActuatorTarget(path, true);
        }
    }
}
