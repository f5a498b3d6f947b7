package io.steadfast.dashboard.reactive;

import java.util.function.Supplier;

import io.steadfast.dashboard.DashboardPath;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.security.web.reactive.ApplicationContextServerWebExchangeMatcher;
import org.springframework.context.ApplicationContext;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * For the security filter chain of an application: the dashboard, wherever it is served. To stand beside
 * {@code EndpointRequest.toAnyEndpoint()}.
 */
public final class DashboardRequest extends ApplicationContextServerWebExchangeMatcher<ApplicationContext> {

    private volatile @Nullable ServerWebExchangeMatcher matcher;

    private DashboardRequest() {
        super(ApplicationContext.class);
    }

    /**
     * The page and all below it. Matches nothing where the dashboard is off.
     *
     * @return a matcher
     */
    public static ServerWebExchangeMatcher toDashboard() {
        return new DashboardRequest();
    }

    @Override
    protected void initialized(Supplier<ApplicationContext> context) {
        DashboardPath path = context.get().getBeanProvider(DashboardPath.class).getIfAvailable();
        if (path != null) {
            matcher = new PathPatternParserServerWebExchangeMatcher(path.value() + "/**");
        }
    }

    @Override
    protected Mono<MatchResult> matches(ServerWebExchange exchange, Supplier<ApplicationContext> context) {
        ServerWebExchangeMatcher found = matcher;
        return found == null ? MatchResult.notMatch() : found.matches(exchange);
    }
}
