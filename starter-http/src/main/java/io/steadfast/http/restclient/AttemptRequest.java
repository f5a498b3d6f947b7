package io.steadfast.http.restclient;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;

import io.steadfast.http.ExchangeAttempt;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRequest;

/** A request as one attempt sends it. What interceptors further in do to it is gone with the attempt. */
final class AttemptRequest implements HttpRequest {

    private static final String MARK = AttemptRequest.class.getName();

    private final HttpRequest original;

    private final HttpHeaders headers;

    private final Map<String, Object> attributes;

    private final @Nullable URI destination;

    /**
     * A copy.
     *
     * @param destination where it goes; {@code null} if that is settled further in
     */
    AttemptRequest(HttpRequest original, ExchangeAttempt attempt, @Nullable URI destination) {
        this.original = original;
        this.headers = HttpHeaders.copyOf(original.getHeaders());
        this.attributes = new HashMap<>(original.getAttributes());
        this.destination = destination;
        attributes.put(MARK, attempt);
        attempt.headers().forEach(headers::set);
    }

    /** Whether the request is under way in an attempt already: a client may have two interceptors. */
    static boolean isUnderWay(HttpRequest request) {
        return request.getAttributes().containsKey(MARK);
    }

    /** The attempt that a request belongs to; {@code null} if it has met no guard. */
    static @Nullable ExchangeAttempt attemptOf(HttpRequest request) {
        return request.getAttributes().get(MARK) instanceof ExchangeAttempt attempt ? attempt : null;
    }

    @Override
    public HttpMethod getMethod() {
        return original.getMethod();
    }

    @Override
    public URI getURI() {
        return destination == null ? original.getURI() : destination;
    }

    @Override
    public HttpHeaders getHeaders() {
        return headers;
    }

    @Override
    public Map<String, Object> getAttributes() {
        return attributes;
    }
}
