package io.steadfast.http.restclient;

import java.util.List;
import java.util.Objects;

import io.steadfast.http.AnswerReader;
import io.steadfast.http.HttpAnswer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClientResponseException;

/**
 * Knows the answers of {@code RestClient} and {@code RestTemplate}: the exceptions they throw for a status, and {@link ResponseEntity}
 * where they do not throw. Stateless.
 */
public final class SpringAnswers implements AnswerReader {

    /** There is nothing to say. */
    public SpringAnswers() {}

    @Override
    public @Nullable HttpAnswer read(Object candidate) {
        if (candidate instanceof ReceivedAnswer received) {
            return received.answer();
        }
        if (candidate instanceof ResponseEntity<?> entity) {
            return answer(entity.getStatusCode(), entity.getHeaders());
        }
        if (candidate instanceof RestClientResponseException thrown) {
            return answer(
                    thrown.getStatusCode(),
                    Objects.requireNonNullElseGet(thrown.getResponseHeaders(), HttpHeaders::new));
        }
        return null;
    }

    static HttpAnswer answer(HttpStatusCode status, HttpHeaders headers) {
        return new HttpAnswer(status.value(), name -> headers.getOrDefault(name, List.of()));
    }
}
