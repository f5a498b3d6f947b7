package io.steadfast.springcloud.autoconfigure;

import java.util.Set;

import io.steadfast.core.Call;
import io.steadfast.core.CallRejectedException;
import io.steadfast.core.Diagnosis;
import io.steadfast.core.OutcomeReader;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.factory.SpringCloudCircuitBreakerFilterFactory.CircuitBreakerStatusCodeException;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;

/**
 * What a gateway notes about a request that it routes.
 *
 * @param exchange the request and its answer
 */
record RoutedExchange(ServerWebExchange exchange) {

    /** RFC 9110, section 9.2.2: what may be sent again by those who do not know what it does. */
    private static final Set<HttpMethod> IDEMPOTENT = Set.of(
            HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.TRACE, HttpMethod.PUT, HttpMethod.DELETE);

    private @Nullable String whyNotAgain() {
        if (exchange.getResponse().isCommitted()) {
            return "part of the answer has been sent on";
        }
        HttpHeaders headers = exchange.getRequest().getHeaders();
        boolean hasBody = headers.getContentLength() > 0 || headers.containsHeader(HttpHeaders.TRANSFER_ENCODING);
        if (hasBody && exchange.getAttribute(ServerWebExchangeUtils.CACHED_REQUEST_BODY_ATTR) == null) {
            return "its body was not kept, because the route had no retry when it was made";
        }
        HttpMethod method = exchange.getRequest().getMethod();
        return IDEMPOTENT.contains(method) || exchange.getRequest().getHeaders().containsHeader("Idempotency-Key")
                ? null
                : method + " without an Idempotency-Key may have taken effect";
    }

    /**
     * Keeps retries away from requests that must not be sent twice. A status that the route lists is a failure, whatever it means to others:
     * Gateway says it by an exception that a reader of HTTP answers would understand in its own way.
     */
    enum Reader implements OutcomeReader {
        INSTANCE;

        @Override
        public @Nullable Diagnosis ofFailure(Call call, Throwable failure) {
            RoutedExchange routed = call.notes(RoutedExchange.class);
            if (routed == null || failure instanceof CallRejectedException) {
                return null;
            }
            String why = routed.whyNotAgain();
            return why != null || failure instanceof CircuitBreakerStatusCodeException
                    ? new Diagnosis(Diagnosis.Kind.TRANSIENT, null, why)
                    : null;
        }

        /** Both would write to the one answer. */
        @Override
        public @Nullable String whyNotBeside(Call call) {
            return call.notes(RoutedExchange.class) == null ? null : "a routed request has one answer to write to";
        }
    }
}
