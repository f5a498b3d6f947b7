package io.steadfast.http.reactive;

import io.steadfast.core.Call;
import io.steadfast.core.Deadline;
import io.steadfast.http.Exchange;
import io.steadfast.http.HttpTarget;
import io.steadfast.http.HttpTargets;
import io.steadfast.http.OutgoingRequest;
import io.steadfast.http.RetryLayer;
import io.steadfast.spring.Spelling;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Guards the requests of a {@code WebClient} with the policies of the configured client they belong to. Clients made with Boot's builder
 * have it already; one that is made by hand takes the bean:
 *
 * <pre>{@code
 * WebClient.builder().filter(guardedExchanges).build();
 * WebClient.builder().filter(guardedExchanges.named("inventory")).build();
 * }</pre>
 *
 * <p>A request that belongs to no configured client is sent as it is, with the headers that {@link io.steadfast.http.ResilienceHeaders}
 * names; the annotated method around it learns whether it may be repeated. That method is found in the Reactor {@code Context}, and
 * otherwise on the thread that subscribes: so also for methods that end with {@code block()} or {@code toFuture()}.
 *
 * <p>An answer is read within the guard up to {@link io.steadfast.http.HttpRules#maxBufferedBody()}, except for a stream of events. When
 * no attempts are left it is handed on, whatever its status: {@code retrieve()} then fails and {@code exchangeToMono} does not. Filters
 * after this one are run for every attempt, so it belongs before a load balancer's.
 *
 * <p>A body can be sent again if it is a value or a form. A publisher may be one that can be subscribed to once only, and so may a
 * custom {@code BodyInserter}: a request with one is not retried by its client's policies, unless it has the attribute
 * {@link #REPLAYABLE}. The annotated method around it, which makes the request anew, is not held up by this.
 *
 * <p>An attempt that has been given an instance goes there, if the request is for that pool. Other filters see the URL as it was, up to a
 * {@link LeasedExchanges} if the client has one; without it, those after this one see the instance's.
 *
 * <p>A deadline ends an attempt by cancelling it, which closes its connection, whether it is being made, written to or read from. The
 * client's own timeouts stay as they are: Reactor Netty would take one for a single request, but only in place of a shorter one.
 *
 * <p>Immutable and thread-safe; blocks nowhere.
 */
public final class GuardedExchanges implements ExchangeFilterFunction {

    /** The request attribute that says, by {@code true}, that the body's publisher may be subscribed to for every attempt. */
    public static final String REPLAYABLE = GuardedExchanges.class.getName() + ".replayable";

    /** Marks a request that is under way in an attempt already: a client may have two of these filters. */
    static final String MARK = GuardedExchanges.class.getName();

    private final HttpTargets targets;

    private final @Nullable String fixed;

    /** Whether {@link LeasedExchanges} is among the filters further in. */
    private final boolean apart;

    private GuardedExchanges(HttpTargets targets, @Nullable String fixed, boolean apart) {
        this.targets = targets;
        this.fixed = fixed;
        this.apart = apart;
    }

    /**
     * Finds the client of each request by its URL.
     *
     * @param targets the configured clients
     * @return the filter
     */
    public static GuardedExchanges of(HttpTargets targets) {
        return new GuardedExchanges(targets, null, false);
    }

    /**
     * The same for requests that belong to one client, wherever they go.
     *
     * @param client the name of a configured client
     * @return a filter
     * @throws IllegalArgumentException if no client has the name
     */
    public GuardedExchanges named(String client) {
        HttpTarget target = targets.named(client)
                .orElseThrow(() -> new IllegalArgumentException("No HTTP client is called '" + client + "'. "
                        + Spelling.nearest(client, targets.names())
                                .map(near -> "Did you mean '" + near + "'?")
                                .orElse(
                                        targets.names().isEmpty()
                                                ? "Configure it under resilience.http.clients."
                                                : "Known are " + String.join(", ", targets.names()) + ".")));
        return new GuardedExchanges(targets, target.name(), false);
    }

    /** The same for a client that has {@link LeasedExchanges} among its filters. */
    GuardedExchanges apart() {
        return apart ? this : new GuardedExchanges(targets, fixed, true);
    }

    @Override
    public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
        if (request.attribute(MARK).isPresent()) {
            return next.exchange(request);
        }
        ClientRequest marked =
                ClientRequest.from(request).attribute(MARK, Boolean.TRUE).build();
        return Mono.deferContextual(context -> guarded(marked, next, context));
    }

    private Mono<ClientResponse> guarded(ClientRequest request, ExchangeFunction next, ContextView context) {
        HttpTarget target = targets.find(fixed, request.url());
        OutgoingRequest outgoing = new OutgoingRequest(
                request.method().name(),
                request.url(),
                request.headers()::getFirst,
                RequestBodies.isReplayable(request));
        Surroundings around = Surroundings.of(context);
        Exchange exchange = targets.exchange(target, outgoing, around.call(), around.retriedAbove());
        GuardedExchange guarded = new GuardedExchange(exchange, request, next, around, !apart);
        return exchange.isGuarded() ? guarded.call() : guarded.send();
    }

    /**
     * What holds where somebody subscribes.
     *
     * @param call the guarded call
     * @param deadline the deadline
     * @param retriedAbove whether the caller of this service retries
     */
    record Surroundings(@Nullable Call call, @Nullable Deadline deadline, boolean retriedAbove) {

        /** The context knows better than the thread, which may serve anybody. */
        static Surroundings of(ContextView context) {
            Surroundings thread =
                    new Surroundings(Call.current(), Deadline.current().orElse(null), RetryLayer.isRetriedAbove());
            return thread.within(context);
        }

        /** The same further in, where the context may have more. */
        Surroundings within(ContextView context) {
            return new Surroundings(
                    context.getOrDefault(Call.CONTEXT_KEY, call),
                    context.getOrDefault(Deadline.CONTEXT_KEY, deadline),
                    retriedAbove || Boolean.TRUE.equals(context.getOrDefault(RetryLayer.CONTEXT_KEY, null)));
        }
    }
}
