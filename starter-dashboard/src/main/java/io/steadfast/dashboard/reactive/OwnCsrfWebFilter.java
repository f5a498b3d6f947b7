package io.steadfast.dashboard.reactive;

import io.steadfast.dashboard.DashboardApi;
import io.steadfast.dashboard.DashboardPath;
import io.steadfast.dashboard.WriteRules;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.server.csrf.CsrfWebFilter;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Tells Spring Security that a change by the page needs no token, if it meets {@link WriteRules} instead. */
public final class OwnCsrfWebFilter implements WebFilter, Ordered {

    /** Before Spring Security's filters, which are at -100. */
    private static final int ORDER = -110;

    private final DashboardPath path;

    /**
     * A filter.
     *
     * @param path where the dashboard is
     */
    public OwnCsrfWebFilter(DashboardPath path) {
        this.path = path;
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        boolean change = exchange.getRequest().getMethod().equals(HttpMethod.POST)
                && exchange.getRequest()
                        .getPath()
                        .pathWithinApplication()
                        .value()
                        .equals(path.value() + DashboardApi.CALLS);
        if (change
                && WriteRules.refusal(
                                exchange.getRequest().getHeaders()::getFirst,
                                ReactiveDashboardController.host(exchange))
                        .isEmpty()) {
            CsrfWebFilter.skipExchange(exchange);
        }
        return chain.filter(exchange);
    }
}
