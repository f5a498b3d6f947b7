package io.steadfast.http.restclient;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Objects;

import io.steadfast.http.HttpAnswer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/**
 * An answer of which the beginning, in most cases all, has been read: a body that comes slowly, or is cut off, is then a failure of the
 * attempt, and not one that its receiver meets outside the guard.
 */
final class ReceivedAnswer implements ClientHttpResponse {

    private final ClientHttpResponse original;

    private final HttpStatusCode status;

    private HttpHeaders headers;

    private final String statusText;

    private @Nullable InputStream body;

    private boolean complete;

    private ReceivedAnswer(ClientHttpResponse original) throws IOException {
        this.original = original;
        this.status = original.getStatusCode();
        this.headers = original.getHeaders();
        this.statusText = Objects.requireNonNullElse(original.getStatusText(), "");
    }

    /** Takes an answer over; its body has not been touched yet. */
    static ReceivedAnswer of(ClientHttpResponse original) throws IOException {
        return new ReceivedAnswer(original);
    }

    /**
     * Reads the body.
     *
     * @param most how many bytes to read; a longer body is handed on after them as it comes
     */
    void read(long most) throws IOException {
        if (most <= 0 || answer().isStream()) {
            return;
        }
        InputStream rest = original.getBody();
        byte[] head = rest.readNBytes((int) most + 1);
        complete = head.length <= most;
        body = complete
                ? new ByteArrayInputStream(head)
                : new SequenceInputStream(new ByteArrayInputStream(head), rest);
        if (complete) {
            original.close();
        }
    }

    /** Whether all of it is here, so that it can be kept at no cost to the connection. */
    boolean isComplete() {
        return complete;
    }

    /** Adds a value to what the server has said. */
    void mark(String header, String value) {
        headers = HttpHeaders.copyOf(headers);
        headers.add(header, value);
    }

    HttpAnswer answer() {
        return SpringAnswers.answer(status, headers);
    }

    @Override
    public HttpStatusCode getStatusCode() {
        return status;
    }

    @Override
    public String getStatusText() {
        return statusText;
    }

    @Override
    public HttpHeaders getHeaders() {
        return headers;
    }

    @Override
    public InputStream getBody() throws IOException {
        InputStream received = body;
        return received == null ? original.getBody() : received;
    }

    @Override
    public void close() {
        original.close();
    }
}
