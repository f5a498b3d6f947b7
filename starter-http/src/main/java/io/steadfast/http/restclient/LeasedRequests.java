package io.steadfast.http.restclient;

import java.io.IOException;
import java.net.URI;
import java.util.List;

import io.steadfast.http.ExchangeAttempt;
import org.springframework.core.Ordered;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.support.HttpRequestWrapper;

/**
 * Sends each attempt of a request that {@link GuardedRequests} guards to the instance it has been given. It is the last of the
 * interceptors: the application's own see the name of the service, and so does a load balancer, which looks it up.
 *
 * <p>Stateless and thread-safe.
 */
public final class LeasedRequests implements ClientHttpRequestInterceptor, Ordered {

    private static final LeasedRequests INSTANCE = new LeasedRequests();

    private LeasedRequests() {}

    /**
     * Makes it the last one, if there is a guard among the interceptors.
     *
     * @param interceptors those of a client, in their order; changed
     */
    public static void putLast(List<ClientHttpRequestInterceptor> interceptors) {
        if (interceptors.stream().noneMatch(GuardedRequests.class::isInstance)) {
            return;
        }
        interceptors.replaceAll(one -> one instanceof GuardedRequests guard ? guard.apart() : one);
        interceptors.removeIf(LeasedRequests.class::isInstance);
        interceptors.add(INSTANCE);
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        ExchangeAttempt attempt = AttemptRequest.attemptOf(request);
        URI planned = request.getURI();
        URI destination = attempt == null ? planned : attempt.destination(planned);
        return execution.execute(destination.equals(planned) ? request : new Sent(request, destination), body);
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    /** A request to somewhere else. */
    private static final class Sent extends HttpRequestWrapper {

        private final URI destination;

        Sent(HttpRequest request, URI destination) {
            super(request);
            this.destination = destination;
        }

        @Override
        public URI getURI() {
            return destination;
        }
    }
}
