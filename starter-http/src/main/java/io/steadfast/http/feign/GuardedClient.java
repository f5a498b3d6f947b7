package io.steadfast.http.feign;

import java.io.IOException;
import java.net.URI;

import feign.Client;
import feign.Request;
import feign.Response;
import io.steadfast.core.Call;
import io.steadfast.http.Exchange;
import io.steadfast.http.HttpTarget;
import io.steadfast.http.HttpTargets;
import io.steadfast.http.OutgoingRequest;
import io.steadfast.http.RetryLayer;
import org.jspecify.annotations.Nullable;

/**
 * Sends each request through the policies of its client.
 *
 * @param original sends
 * @param targets the configured clients
 * @param fixed the client that all requests belong to; {@code null} if their URL tells
 */
record GuardedClient(
        Client original, HttpTargets targets, @Nullable String fixed) implements Client {

    @Override
    public Response execute(Request request, Request.Options options) throws IOException {
        URI uri = URI.create(request.url());
        HttpTarget target = targets.find(fixed, uri);
        OutgoingRequest outgoing = new OutgoingRequest(
                request.httpMethod().name(), uri, name -> FeignHeaders.first(request.headers(), name), true);
        Exchange exchange = targets.exchange(target, outgoing, Call.current(), RetryLayer.isRetriedAbove());
        GuardedRequest guarded = new GuardedRequest(exchange, original, request, options);
        return exchange.isGuarded() ? guarded.call() : guarded.send();
    }
}
