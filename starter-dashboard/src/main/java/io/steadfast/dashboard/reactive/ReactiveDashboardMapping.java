package io.steadfast.dashboard.reactive;

import java.util.Map;

import io.steadfast.dashboard.DashboardPath;
import io.steadfast.dashboard.SafetyHeaders;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Maps the dashboard and nothing else, apart from the application's own mapping, in whichever server it is in. */
public final class ReactiveDashboardMapping extends RequestMappingHandlerMapping {

    /** Like the actuator's, before catch-all mappings of the application. */
    private static final int ORDER = -90;

    private final ReactiveDashboardController controller;

    private final boolean shown;

    private final ReactiveViewerGate gate;

    /**
     * A mapping.
     *
     * @param controller what is mapped
     * @param shown whether anything is
     * @param path where
     * @param gate who may
     */
    public ReactiveDashboardMapping(
            ReactiveDashboardController controller, boolean shown, DashboardPath path, ReactiveViewerGate gate) {
        this.controller = controller;
        this.shown = shown;
        this.gate = gate;
        setOrder(ORDER);
        setPathPrefixes(Map.of(path.value(), type -> type == ReactiveDashboardController.class));
    }

    @Override
    public void afterPropertiesSet() {
        super.afterPropertiesSet();
        if (shown) {
            detectHandlerMethods(controller);
        }
    }

    @Override
    protected boolean isHandler(Class<?> beanType) {
        return false;
    }

    @Override
    public Mono<HandlerMethod> getHandlerInternal(ServerWebExchange exchange) {
        return super.getHandlerInternal(exchange).flatMap(handler -> {
            SafetyHeaders.ALL.forEach(exchange.getResponse().getHeaders()::set);
            return gate.admit(exchange)
                    .thenReturn(handler)
                    .onErrorResume(ResponseStatusException.class, refusal -> Mono.just(Refusal.of(refusal)));
        });
    }
}
