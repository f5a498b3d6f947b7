package io.steadfast.http.reactive;

import java.util.List;

import io.steadfast.http.AnswerReader;
import io.steadfast.http.HttpAnswer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/**
 * Knows the answers of {@code WebClient}: the exceptions that {@code retrieve()} throws for a status, and {@link ClientResponse} and
 * {@link ResponseEntity} where it does not throw. Stateless.
 */
public final class WebClientAnswers implements AnswerReader {

    /** There is nothing to say. */
    public WebClientAnswers() {}

    @Override
    public @Nullable HttpAnswer read(Object candidate) {
        if (candidate instanceof ClientResponse response) {
            return answer(response);
        }
        if (candidate instanceof ResponseEntity<?> entity) {
            return answer(entity.getStatusCode(), entity.getHeaders());
        }
        if (candidate instanceof WebClientResponseException thrown && !isOfBody(thrown)) {
            return answer(thrown.getStatusCode(), thrown.getHeaders());
        }
        return null;
    }

    static HttpAnswer answer(ClientResponse response) {
        return answer(response.statusCode(), response.headers().asHttpHeaders());
    }

    /** The status was fine, and the body was cut off: what matters is the cause. */
    private static boolean isOfBody(WebClientResponseException thrown) {
        return !thrown.getStatusCode().isError() && thrown.getCause() != null;
    }

    private static HttpAnswer answer(HttpStatusCode status, HttpHeaders headers) {
        return new HttpAnswer(status.value(), name -> headers.getOrDefault(name, List.of()));
    }
}
