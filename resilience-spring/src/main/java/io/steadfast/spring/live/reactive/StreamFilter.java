package io.steadfast.spring.live.reactive;

import java.util.function.Supplier;

import io.steadfast.core.time.Timer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Around a stream: does what neither an actuator endpoint nor a {@code Flux} can do in WebFlux. Proxies and caches are told neither to
 * hold the stream back nor to keep it; and the connection of a client that does not read is closed when its stream has ended, where the
 * server lets us. Other paths pass. Thread-safe.
 */
public final class StreamFilter implements WebFilter {

    private final Supplier<@Nullable String> path;

    private final Timer timer;

    /**
     * A filter.
     *
     * @param path where the stream is, without the application's base path; {@code null} if it is nowhere
     * @param timer says when a client has had time enough to read the end
     */
    public StreamFilter(Supplier<@Nullable String> path, Timer timer) {
        this.path = path;
        this.timer = timer;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (!exchange.getRequest().getPath().pathWithinApplication().value().equals(path.get())) {
            return chain.filter(exchange);
        }
        HttpHeaders headers = exchange.getResponse().getHeaders();
        headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        headers.set("X-Accel-Buffering", "no"); // nginx would hold frames back
        OpenResponse response = new OpenResponse(exchange.getResponse(), timer);
        return chain.filter(exchange)
                .doFinally(signal -> response.finished())
                .contextWrite(context -> context.put(OpenResponse.class, response));
    }
}
