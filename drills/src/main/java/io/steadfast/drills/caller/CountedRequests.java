package io.steadfast.drills.caller;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.AbstractClientHttpRequestFactoryWrapper;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;

/** Innermost of all, behind whoever has chosen an instance: writes down where each request really goes. */
class CountedRequests extends AbstractClientHttpRequestFactoryWrapper {

    private final Journal journal;

    CountedRequests(ClientHttpRequestFactory factory, Journal journal) {
        super(factory);
        this.journal = journal;
    }

    @Override
    protected ClientHttpRequest createRequest(URI uri, HttpMethod method, ClientHttpRequestFactory factory)
            throws IOException {
        return new Counted(factory.createRequest(uri, method), journal);
    }

    private record Counted(ClientHttpRequest request, Journal journal) implements ClientHttpRequest {

        @Override
        public ClientHttpResponse execute() throws IOException {
            long sent = System.currentTimeMillis();
            boolean answered = false;
            try {
                ClientHttpResponse response = request.execute();
                answered = response.getStatusCode().is2xxSuccessful();
                return response;
            } finally {
                journal.sent(sent, request.getURI().getPort(), answered);
            }
        }

        @Override
        public HttpMethod getMethod() {
            return request.getMethod();
        }

        @Override
        public URI getURI() {
            return request.getURI();
        }

        @Override
        public Map<String, Object> getAttributes() {
            return request.getAttributes();
        }

        @Override
        public HttpHeaders getHeaders() {
            return request.getHeaders();
        }

        @Override
        public OutputStream getBody() throws IOException {
            return request.getBody();
        }
    }
}
