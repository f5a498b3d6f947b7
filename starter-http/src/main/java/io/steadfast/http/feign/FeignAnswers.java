package io.steadfast.http.feign;

import java.util.Collection;
import java.util.Map;

import feign.FeignException;
import feign.Response;
import io.steadfast.http.AnswerReader;
import io.steadfast.http.HttpAnswer;
import org.jspecify.annotations.Nullable;

/** Knows the answers of Feign: {@link Response}, and the exceptions it throws for a status. Stateless. */
public final class FeignAnswers implements AnswerReader {

    /** There is nothing to say. */
    public FeignAnswers() {}

    @Override
    public @Nullable HttpAnswer read(Object candidate) {
        if (candidate instanceof Response response) {
            return answer(response.status(), response.headers());
        }
        // One that has no status is about a connection, or about a body that cannot be read.
        return candidate instanceof FeignException thrown && thrown.status() > 0
                ? answer(thrown.status(), thrown.responseHeaders())
                : null;
    }

    static HttpAnswer answer(int status, @Nullable Map<String, Collection<String>> headers) {
        return new HttpAnswer(status, name -> FeignHeaders.all(headers, name));
    }
}
