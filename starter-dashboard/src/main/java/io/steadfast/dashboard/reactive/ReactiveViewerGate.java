package io.steadfast.dashboard.reactive;

import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Decides who may see the dashboard, and who may change anything. */
@FunctionalInterface
public interface ReactiveViewerGate {

    /**
     * Looks at a request, after the application's security filters.
     *
     * @param exchange the request
     * @return empty if it may go on; otherwise an error, which the filters or WebFlux answer
     */
    Mono<Void> admit(ServerWebExchange exchange);
}
