package io.steadfast.springcloud.autoconfigure;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import io.steadfast.springcloud.loadbalancer.OpenLeases;
import io.steadfast.springcloud.loadbalancer.reactive.PooledLoadBalancer;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.ReactiveLoadBalancerClientFilter;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Around a gateway's load balancer: gives back what a route holds that is cancelled, by its caller or by a limit. */
record CancelledRoutes(OpenLeases open) implements GlobalFilter, Ordered {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        return Mono.defer(() -> {
            AtomicReference<@Nullable Request<?>> picked = new AtomicReference<>();
            Consumer<Request<?>> remember = picked::set;
            return chain.filter(exchange)
                    .contextWrite(context -> context.put(PooledLoadBalancer.PICKED, remember))
                    .doOnCancel(() -> {
                        Request<?> request = picked.get();
                        if (request != null) {
                            open.abandon(request);
                        }
                    });
        });
    }

    @Override
    public int getOrder() {
        return ReactiveLoadBalancerClientFilter.LOAD_BALANCER_CLIENT_FILTER_ORDER - 1;
    }
}
