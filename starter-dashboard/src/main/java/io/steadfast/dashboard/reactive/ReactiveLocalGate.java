package io.steadfast.dashboard.reactive;

import java.net.InetSocketAddress;
import java.util.Map;

import io.steadfast.dashboard.ThisMachine;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Admits viewers on this machine. A request is not seen here as the server got it if something believes forwarded headers; where that is
 * so, the machine given must admit nobody.
 */
public final class ReactiveLocalGate implements ReactiveViewerGate {

    private final ThisMachine machine;

    private final Map<String, String> headers;

    /**
     * A gate.
     *
     * @param machine tells who is here
     * @param headers of refusals, too
     */
    public ReactiveLocalGate(ThisMachine machine, Map<String, String> headers) {
        this.machine = machine;
        this.headers = headers;
    }

    @Override
    public Mono<Void> admit(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        HttpHeaders asked = request.getHeaders();
        InetSocketAddress viewer = request.getRemoteAddress();
        if (machine.has(viewer == null ? null : viewer.getAddress(), asked.headerNames(), asked::getFirst)) {
            return Mono.empty();
        }
        headers.forEach(exchange.getResponse().getHeaders()::set);
        return Mono.error(new ResponseStatusException(HttpStatus.FORBIDDEN, ThisMachine.REFUSAL));
    }
}
