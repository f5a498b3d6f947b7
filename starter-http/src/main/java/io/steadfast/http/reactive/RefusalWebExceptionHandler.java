package io.steadfast.http.reactive;

import io.steadfast.http.inbound.Arrival;
import io.steadfast.http.inbound.Refusals;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/**
 * Answers refusals that escape a controller, as {@link Refusals} says. Asked just before Spring Boot's own error page, so after
 * {@code @ExceptionHandler} methods and after handlers of the application with an order below {@value #ORDER}. Thread-safe.
 */
public final class RefusalWebExceptionHandler implements WebExceptionHandler, Ordered {

    /** Its place among the handlers: that of Spring Boot's, which is declared later and so asked later. */
    public static final int ORDER = -1;

    private final Refusals refusals;

    /**
     * A handler.
     *
     * @param refusals knows the status
     */
    public RefusalWebExceptionHandler(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        if (exchange.getResponse().isCommitted()) {
            return Mono.error(failure);
        }
        boolean retriedAbove =
                exchange.getAttribute(Arrival.ATTRIBUTE) instanceof Arrival arrival && arrival.retriedAbove();
        return refusals.of(failure, retriedAbove)
                .map(refusal -> ReactiveAnswer.write(refusal, true, exchange.getResponse()))
                .orElseGet(() -> Mono.error(failure));
    }
}
