package io.steadfast.http.reactive;

import java.net.URI;
import java.util.List;

import io.steadfast.http.ExchangeAttempt;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import reactor.core.publisher.Mono;

/**
 * Sends each attempt of a request that {@link GuardedExchanges} guards to the instance it has been given. It is the last of the filters:
 * the application's own see the name of the service, and so does a load balancer, which looks it up.
 *
 * <p>Stateless and thread-safe.
 */
public final class LeasedExchanges implements ExchangeFilterFunction {

    private static final LeasedExchanges INSTANCE = new LeasedExchanges();

    private LeasedExchanges() {}

    /**
     * Makes it the last one, if there is a guard among the filters.
     *
     * @param filters those of a client, in their order; changed
     */
    public static void putLast(List<ExchangeFilterFunction> filters) {
        if (filters.stream().noneMatch(GuardedExchanges.class::isInstance)) {
            return;
        }
        filters.replaceAll(one -> one instanceof GuardedExchanges guard ? guard.apart() : one);
        filters.removeIf(LeasedExchanges.class::isInstance);
        filters.add(INSTANCE);
    }

    @Override
    public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
        if (!(request.attribute(GuardedExchanges.MARK).orElse(null) instanceof ExchangeAttempt attempt)) {
            return next.exchange(request);
        }
        URI planned = request.url();
        URI destination = attempt.destination(planned);
        return next.exchange(
                destination.equals(planned)
                        ? request
                        : ClientRequest.from(request).url(destination).build());
    }
}
