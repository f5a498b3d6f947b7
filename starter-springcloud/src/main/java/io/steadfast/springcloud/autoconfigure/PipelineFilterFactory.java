package io.steadfast.springcloud.autoconfigure;

import io.steadfast.core.Call;
import io.steadfast.core.CallRejectedException;
import io.steadfast.core.CallTimeoutException;
import io.steadfast.core.DeadlineExceededException;
import io.steadfast.core.Pipeline;
import io.steadfast.core.RateLimitedException;
import io.steadfast.core.Recovery;
import io.steadfast.springcloud.CircuitBreakerIds;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.client.circuitbreaker.ReactiveCircuitBreakerFactory;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.factory.SpringCloudCircuitBreakerFilterFactory;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Gateway's own filter, with two things more: our refusals have a status where a route has no fallback, and an exchange that a retry
 * sends again is first put back to what it was, as Gateway's own retry filter does it.
 */
final class PipelineFilterFactory extends SpringCloudCircuitBreakerFilterFactory {

    private final CircuitBreakerIds ids;

    PipelineFilterFactory(
            ReactiveCircuitBreakerFactory<?, ?> factory,
            CircuitBreakerIds ids,
            ObjectProvider<DispatcherHandler> dispatcher) {
        super(factory, dispatcher);
        this.ids = ids;
    }

    @Override
    public GatewayFilter apply(Config config) {
        GatewayFilter filter = super.apply(config);
        String id = config.getId();
        if (id != null && isRepeating(ids.guard(id, null).pipeline())) {
            enableBodyCaching(config.getRouteId());
        }
        return new RepeatableFilter(filter);
    }

    /** Only then a body is kept. */
    private static boolean isRepeating(Pipeline pipeline) {
        return pipeline.slots().stream().anyMatch(slot -> slot.policy() instanceof Recovery);
    }

    @Override
    protected Mono<Void> handleErrorWithoutFallback(Throwable failure, boolean resumeWithoutError) {
        HttpStatus status = statusOf(failure);
        if (status != null) {
            return Mono.error(new ResponseStatusException(status, failure.getMessage(), failure));
        }
        return resumeWithoutError ? Mono.empty() : Mono.error(failure);
    }

    private static @Nullable HttpStatus statusOf(Throwable failure) {
        if (failure instanceof CallTimeoutException || failure instanceof DeadlineExceededException) {
            return HttpStatus.GATEWAY_TIMEOUT;
        }
        if (failure instanceof RateLimitedException) {
            return HttpStatus.TOO_MANY_REQUESTS;
        }
        return failure instanceof CallRejectedException ? HttpStatus.SERVICE_UNAVAILABLE : null;
    }

    /** Gives the filter a chain that can be gone through again. */
    private record RepeatableFilter(GatewayFilter filter) implements GatewayFilter {

        @Override
        public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
            return filter.filter(exchange, inside -> pass(inside, chain));
        }

        private static Mono<Void> pass(ServerWebExchange exchange, GatewayFilterChain chain) {
            RoutedExchange routed = new RoutedExchange(exchange);
            return Mono.deferContextual(context -> {
                Object call = context.getOrDefault(Call.CONTEXT_KEY, null);
                if (call instanceof Call attempted) {
                    attempted.notes(RoutedExchange.class, () -> routed);
                    if (attempted.attempts() > 1) {
                        ServerWebExchangeUtils.reset(exchange);
                        exchange.getResponse().setStatusCode(null);
                    }
                }
                return chain.filter(exchange);
            });
        }

        @Override
        public String toString() {
            return filter.toString();
        }
    }
}
