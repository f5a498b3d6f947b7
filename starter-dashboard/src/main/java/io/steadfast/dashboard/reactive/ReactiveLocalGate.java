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

    private final boolean believesProxies;

    /**
     * A gate.
     *
     * @param believesProxies whether the server takes what headers say of a viewer for the truth; then nobody is admitted
     */
    public ReactiveLocalGate(boolean believesProxies) {
        this.believesProxies = believesProxies;
    }

    @Override
    public Mono<Void> admit(ServerWebExchange exchange) {
        if (believesProxies) {
            return refusal(ThisMachine.REFUSAL_BEHIND_PROXIES);
        }
        ServerHttpRequest request = exchange.getRequest();
        HttpHeaders headers = request.getHeaders();
        InetSocketAddress viewer = request.getRemoteAddress();
        return ThisMachine.has(
                        viewer == null ? null : viewer.getAddress(),
                        request.getURI().getHost(),
                        headers.headerNames())
                ? Mono.empty()
                : refusal(ThisMachine.REFUSAL);
    }

    private static Mono<Void> refusal(String why) {
        return Mono.error(new ResponseStatusException(HttpStatus.FORBIDDEN, why));
    }
}
