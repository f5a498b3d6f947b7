package io.steadfast.spring.actuate.reactive;

import java.util.function.Supplier;

import io.steadfast.spring.actuate.NestedValues;
import io.steadfast.spring.actuate.RequestFields;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lets requests to the endpoint {@code resilience} have an object under {@code values}, and finds nothing under a path of which Boot
 * would leave something out. Comes after all filters that decide who may ask. Requests to other paths pass untouched.
 */
public final class NestedValuesFilter implements WebFilter, Ordered {

    private final Supplier<PathPattern> pattern;

    /**
     * A filter.
     *
     * @param path the path of the endpoint, such as {@code /actuator/resilience}; asked for with the first request
     */
    public NestedValuesFilter(Supplier<String> path) {
        this.pattern = SingletonSupplier.of(() -> PathPatternParser.defaultInstance.parse(path.get() + "/{*path}"));
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        PathContainer asked = request.getPath().pathWithinApplication();
        if (!pattern.get().matches(asked)) {
            return chain.filter(exchange);
        }
        if (!RequestFields.isExact(asked.value())) {
            exchange.getResponse().setStatusCode(HttpStatus.NOT_FOUND);
            return exchange.getResponse().setComplete();
        }
        boolean ours = HttpMethod.POST.equals(request.getMethod())
                && request.getHeaders().getContentLength() < NestedValues.LONGEST;
        return ours
                ? chain.filter(exchange.mutate().request(new Readable(request)).build())
                : chain.filter(exchange);
    }

    /** The request with a body that the actuator can read. */
    private static final class Readable extends ServerHttpRequestDecorator {

        Readable(ServerHttpRequest request) {
            super(request);
        }

        /** Without a length: the body's is another. */
        @Override
        public HttpHeaders getHeaders() {
            HttpHeaders headers = new HttpHeaders();
            headers.putAll(super.getHeaders());
            headers.remove(HttpHeaders.CONTENT_LENGTH);
            return headers;
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return DataBufferUtils.join(super.getBody(), NestedValues.LONGEST)
                    .map(buffer -> {
                        byte[] body = new byte[buffer.readableByteCount()];
                        buffer.read(body);
                        DataBufferUtils.release(buffer);
                        return buffer.factory().wrap(NestedValues.asText(body));
                    })
                    .flux();
        }
    }
}
