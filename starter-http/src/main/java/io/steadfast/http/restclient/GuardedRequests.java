package io.steadfast.http.restclient;

import java.io.IOException;

import io.steadfast.core.Call;
import io.steadfast.http.Exchange;
import io.steadfast.http.HttpTarget;
import io.steadfast.http.HttpTargets;
import io.steadfast.http.OutgoingRequest;
import io.steadfast.http.RetryLayer;
import io.steadfast.spring.Spelling;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Guards the requests of a {@code RestClient} or {@code RestTemplate} with the policies of the configured client they belong to. Clients
 * made with Boot's builders have it already; one that is made by hand takes the bean:
 *
 * <pre>{@code
 * RestClient.builder().requestInterceptor(guardedRequests).build();
 * RestClient.builder().requestInterceptor(guardedRequests.named("inventory")).build();
 * }</pre>
 *
 * <p>A request that belongs to no configured client is sent as it is, with the headers that {@link io.steadfast.http.ResilienceHeaders}
 * names; the annotated method around it learns whether it may be repeated.
 *
 * <p>An answer is read within the guard up to {@link io.steadfast.http.HttpRules#maxBufferedBody()}, except for a stream of events. When
 * no attempts are left it is handed on, whatever its status: the client then throws or does not, as it is told to. Wherever it stands
 * among the interceptors, those after it are run for every attempt; it is ordered before a load balancer's, so that each attempt may
 * go to another instance.
 *
 * <p>An attempt that has been given an instance goes there, if the request is for that pool. Other interceptors see the URL as it was, up
 * to a {@link LeasedRequests} if the client has one; without it, those after this one see the instance's.
 *
 * <p>The time left is no limit that a {@code ClientHttpRequestFactory} would take for one request. Instead an attempt is interrupted at
 * the deadline, which ends it in the factories of the JDK's client, Reactor Netty and Jetty, and in all of them on a virtual thread. One
 * that blocks a platform thread in a socket ({@code HttpURLConnection}, Apache's client) returns at its own read timeout.
 *
 * <p>Immutable and thread-safe.
 */
public final class GuardedRequests implements ClientHttpRequestInterceptor, Ordered {

    /** Before nearly everything else. */
    private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 1000;

    private final HttpTargets targets;

    private final @Nullable String fixed;

    /** Whether {@link LeasedRequests} is among the interceptors further in. */
    private final boolean apart;

    private GuardedRequests(HttpTargets targets, @Nullable String fixed, boolean apart) {
        this.targets = targets;
        this.fixed = fixed;
        this.apart = apart;
    }

    /**
     * Finds the client of each request by its URL.
     *
     * @param targets the configured clients
     * @return the interceptor
     */
    public static GuardedRequests of(HttpTargets targets) {
        return new GuardedRequests(targets, null, false);
    }

    /**
     * The same for requests that belong to one client, wherever they go.
     *
     * @param client the name of a configured client
     * @return an interceptor
     * @throws IllegalArgumentException if no client has the name
     */
    public GuardedRequests named(String client) {
        HttpTarget target = targets.named(client)
                .orElseThrow(() -> new IllegalArgumentException("No HTTP client is called '" + client + "'. "
                        + Spelling.nearest(client, targets.names())
                                .map(near -> "Did you mean '" + near + "'?")
                                .orElse(
                                        targets.names().isEmpty()
                                                ? "Configure it under resilience.http.clients."
                                                : "Known are " + String.join(", ", targets.names()) + ".")));
        return new GuardedRequests(targets, target.name(), false);
    }

    /** The same for a client that has {@link LeasedRequests} among its interceptors. */
    GuardedRequests apart() {
        return apart ? this : new GuardedRequests(targets, fixed, true);
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        if (AttemptRequest.isUnderWay(request)) {
            return execution.execute(request, body);
        }
        HttpTarget target = targets.find(fixed, request.getURI());
        OutgoingRequest outgoing =
                new OutgoingRequest(request.getMethod().name(), request.getURI(), request.getHeaders()::getFirst, true);
        Exchange exchange = targets.exchange(target, outgoing, Call.current(), RetryLayer.isRetriedAbove());
        GuardedRequest guarded = new GuardedRequest(exchange, request, body, execution, !apart);
        return exchange.isGuarded() ? guarded.call() : guarded.send();
    }

    @Override
    public int getOrder() {
        return ORDER;
    }
}
