package io.steadfast.http.feign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import feign.FeignException;
import feign.Request;
import feign.Response;
import feign.codec.DecodeException;
import org.junit.jupiter.api.Test;

class FeignAnswersTests {

    private final FeignAnswers answers = new FeignAnswers();

    private final Request request = Request.create(
            Request.HttpMethod.GET, "http://stock.example", Map.of(), null, StandardCharsets.UTF_8, null);

    @Test
    void whenAStatusIsThrown_thenItIsTheAnswer() {
        assertThat(answers.read(FeignException.errorStatus("Stock#left()", response(503))))
                .satisfies(answer -> assertThat(answer.status()).isEqualTo(503));
    }

    @Test
    void whenTheBodyOfAGoodAnswerCannotBeRead_thenTheStatusSaysNothing() {
        assertThat(answers.read(new DecodeException(200, "cut off", request, new IOException("reset"))))
                .isNull();
        assertThat(answers.read(FeignException.errorStatus("Stock#left()", response(200))))
                .isNull();
    }

    private Response response(int status) {
        return Response.builder()
                .request(request)
                .status(status)
                .headers(Map.of())
                .build();
    }
}
