package io.steadfast.dashboard.reactive;

import java.net.InetSocketAddress;

import io.steadfast.dashboard.ThisMachine;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Admits viewers on this machine. */
public final class ReactiveLocalGate implements ReactiveViewerGate {

    @Override
    public Mono<Void> admit(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        HttpHeaders headers = request.getHeaders();
        InetSocketAddress viewer = request.getRemoteAddress();
        boolean forwarded = headers.containsHeader("X-Forwarded-For") || headers.containsHeader("Forwarded");
        return ThisMachine.has(
                        viewer == null ? null : viewer.getAddress(),
                        request.getURI().getHost(),
                        forwarded)
                ? Mono.empty()
                : Mono.error(new ResponseStatusException(HttpStatus.FORBIDDEN, ThisMachine.REFUSAL));
    }
}
