package io.steadfast.http.restclient;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRequest;

/** A request as one attempt sends it. What interceptors further in do to it is gone with the attempt. */
final class AttemptRequest implements HttpRequest {

    private static final String MARK = AttemptRequest.class.getName();

    private final HttpRequest original;

    private final HttpHeaders headers;

    private final Map<String, Object> attributes;

    AttemptRequest(HttpRequest original, Map<String, String> added) {
        this.original = original;
        this.headers = HttpHeaders.copyOf(original.getHeaders());
        this.attributes = new HashMap<>(original.getAttributes());
        attributes.put(MARK, Boolean.TRUE);
        added.forEach(headers::set);
    }

    /** Whether the request is under way in an attempt already: a client may have two interceptors. */
    static boolean isUnderWay(HttpRequest request) {
        return request.getAttributes().containsKey(MARK);
    }

    @Override
    public HttpMethod getMethod() {
        return original.getMethod();
    }

    @Override
    public URI getURI() {
        return original.getURI();
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
