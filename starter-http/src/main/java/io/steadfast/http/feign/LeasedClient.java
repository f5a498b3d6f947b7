package io.steadfast.http.feign;

import java.io.IOException;
import java.net.URI;

import feign.Client;
import feign.Request;
import feign.Response;
import io.steadfast.core.Call;
import io.steadfast.http.HttpTargets;
import org.jspecify.annotations.Nullable;

/**
 * Sends each request to the instance that the call around it has been given.
 *
 * @param original sends
 * @param targets the configured clients
 * @param fixed the client that all requests belong to; {@code null} if their URL tells
 */
record LeasedClient(
        Client original, HttpTargets targets, @Nullable String fixed) implements Client {

    @Override
    public Response execute(Request request, Request.Options options) throws IOException {
        URI planned = URI.create(request.url());
        URI destination = targets.destination(targets.find(fixed, planned), planned, Call.current());
        if (destination.equals(planned)) {
            return original.execute(request, options);
        }
        Request sent = Request.create(
                request.httpMethod(),
                destination.toString(),
                request.headers(),
                request.body(),
                request.charset(),
                request.requestTemplate());
        return original.execute(sent, options);
    }
}
