package io.steadfast.http.reactive;

import io.steadfast.http.ResilienceHeaders;
import io.steadfast.http.inbound.Refusal;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/** Writes a refusal to a reactive response. */
final class ReactiveAnswer {

    private ReactiveAnswer() {}

    static Mono<Void> write(Refusal refusal, boolean withBody, ServerHttpResponse response) {
        response.setStatusCode(HttpStatusCode.valueOf(refusal.status()));
        refusal.retryAfterSeconds()
                .ifPresent(seconds -> response.getHeaders().set(ResilienceHeaders.RETRY_AFTER, Long.toString(seconds)));
        if (!withBody) {
            return response.setComplete();
        }
        byte[] body = refusal.body();
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        response.getHeaders().setContentLength(body.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }
}
