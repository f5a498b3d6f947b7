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

    private static final int FIRST_OF_NO_SUCCESS = 300;

    /** There is nothing to say. */
    public FeignAnswers() {}

    @Override
    public @Nullable HttpAnswer read(Object candidate) {
        if (candidate instanceof Response response) {
            return answer(response.status(), response.headers());
        }
        // One that has no status is about a connection; one with a good status is about a body that cannot be read.
        return candidate instanceof FeignException thrown && thrown.status() >= FIRST_OF_NO_SUCCESS
                ? answer(thrown.status(), thrown.responseHeaders())
                : null;
    }

    static HttpAnswer answer(int status, @Nullable Map<String, Collection<String>> headers) {
        return new HttpAnswer(status, name -> FeignHeaders.all(headers, name));
    }
}
