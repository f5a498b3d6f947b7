package io.steadfast.http.reactive;

import io.steadfast.core.Deadline;
import io.steadfast.http.ResilienceHeaders;
import io.steadfast.http.RetryLayer;
import io.steadfast.http.inbound.Arrival;
import io.steadfast.http.inbound.Draining;
import io.steadfast.http.inbound.InboundReader;
import io.steadfast.http.inbound.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * Puts the deadline that came with a request into the {@code Context} it is served in, under {@link Deadline#CONTEXT_KEY}, and
 * whether its caller retries under {@link RetryLayer#CONTEXT_KEY}. Threads have it where the application has Reactor propagate contexts
 * ({@code spring.reactor.context-propagation=auto}). Answers of an application that is on its way out say so.
 *
 * <p>Runs right after what observes requests and before security. Thread-safe.
 */
public final class InboundWebFilter implements WebFilter, Ordered {

    /** Its place among the filters. */
    public static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 10;

    private final InboundReader reader;

    private final boolean problemDetails;

    private final @Nullable Draining draining;

    /**
     * A filter.
     *
     * @param reader reads the headers
     * @param problemDetails whether refusals have a body
     * @param draining whether the application is on its way out; {@code null} if answers are not to say so
     */
    public InboundWebFilter(InboundReader reader, boolean problemDetails, @Nullable Draining draining) {
        this.reader = reader;
        this.problemDetails = problemDetails;
        this.draining = draining;
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (draining != null && draining.isUnderWay()) {
            exchange.getResponse().getHeaders().set(ResilienceHeaders.INSTANCE, ResilienceHeaders.DRAINING);
        }
        Arrival arrival = reader.read(exchange.getRequest().getHeaders()::getFirst);
        exchange.getAttributes().put(Arrival.ATTRIBUTE, arrival);
        if (arrival.refused()) {
            return ReactiveAnswer.write(Refusal.EXPIRED, problemDetails, exchange.getResponse());
        }
        return chain.filter(exchange)
                .doOnTerminate(() -> reader.served(arrival))
                .contextWrite(context -> with(arrival, context));
    }

    private static Context with(Arrival arrival, Context context) {
        Deadline deadline = arrival.deadline();
        Context timed = deadline == null ? context : context.put(Deadline.CONTEXT_KEY, deadline);
        return arrival.retriedAbove() ? timed.put(RetryLayer.CONTEXT_KEY, Boolean.TRUE) : timed;
    }
}
