package io.steadfast.http.restclient;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.steadfast.http.restclient.Backend.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.steadfast.core.CallTimeoutException;
import io.steadfast.test.RecordingListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/** What goes wrong on the way, over real sockets: each is tried again until it goes well. */
class TroubleTests {

    private static final int LONG = 30_000;

    private final Backend backend = new Backend();

    private final ApplicationContextRunner application =
            HttpScene.withoutWaiting().withPropertyValues(HttpScene.stock(backend.url()));

    private final ApplicationContextRunner withTimeLimit = HttpScene.application()
            .withPropertyValues(HttpScene.stock(backend.url()))
            .withPropertyValues(
                    "resilience.timeout.instances.stock.limit=1s",
                    "resilience.retry.instances.stock.wait-duration=1ms");

    @AfterEach
    void stop() {
        backend.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE", "RANDOM_DATA_THEN_CLOSE", "MALFORMED_RESPONSE_CHUNK"
            })
    void whenTheConnectionBreaks_thenAnotherAttemptIsMade(Fault fault) {
        backend.answers(aResponse().withFault(fault), status(200));
        application.run(context -> {
            assertThat(get(context)).isEqualTo("status 200");
            assertThat(backend.requests()).hasSize(2);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "simple", "reactor"})
    void whenAnyTransportBreaksWithinABody_thenAnotherAttemptIsMade(String transport) {
        backend.answers(
                aResponse().withStatus(200).withBody("half").withFault(Fault.MALFORMED_RESPONSE_CHUNK), status(200));
        application
                .withPropertyValues("spring.http.clients.imperative.factory=" + transport)
                .run(context -> {
                    assertThat(get(context)).isEqualTo("status 200");
                    assertThat(getWithTemplate(context)).isEqualTo("status 200");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"headers", "body", "stalled"})
    void whenAnAnswerIsSlow_thenTheAttemptEndsAtItsLimitAndAnotherIsMade(String trouble) {
        backend.answers(slow(trouble), status(200));
        withTimeLimit.run(context -> {
            assertThat(get(context)).isEqualTo("status 200");
            assertThat(backend.requests()).hasSize(2);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"headers", "body", "stalled"})
    void whenEveryAnswerIsSlow_thenTheCallerHearsOfATimeout(String trouble) {
        backend.answers(slow(trouble));
        withTimeLimit
                .withPropertyValues("resilience.timeout.instances.stock.limit=300ms")
                .run(context -> {
                    assertThatThrownBy(() -> get(context)).isInstanceOf(CallTimeoutException.class);
                    assertThat(context.getBean(RecordingListener.class).attempts())
                            .isEqualTo(3);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:1/items", "http://nobody.invalid/items"})
    void whenTheServerIsNotReached_thenEachAttemptIsMadeAndTheLastFailureStands(String url) {
        HttpScene.withoutWaiting().withPropertyValues(HttpScene.stock(url)).run(context -> {
            RestClient client = context.getBean(RestClient.Builder.class).build();

            assertThatThrownBy(() -> client.get().uri(url).retrieve().body(String.class))
                    .isInstanceOf(ResourceAccessException.class);

            assertThat(context.getBean(RecordingListener.class).attempts()).isEqualTo(3);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1023, 1024, 1025, 3_000_000})
    void whenABodyIsOfAnySize_thenItArrivesWhole(int bytes) {
        byte[] body = new byte[bytes];
        Arrays.fill(body, (byte) 'x');
        backend.answers(aResponse().withStatus(200).withBody(body));
        application
                .withPropertyValues("resilience.http.clients.stock.max-buffered-body=1KB")
                .run(context -> {
                    byte[] received = context.getBean(RestClient.Builder.class)
                            .build()
                            .get()
                            .uri(backend.url() + "/items")
                            .exchange((request, response) -> response.getBody().readAllBytes());

                    assertThat(received).isEqualTo(body);
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void whenTheServerSendsElsewhere_thenTheClientFollowsWithinOneAttempt(int status) {
        backend.answers(aResponse().withStatus(status).withHeader("Location", backend.url() + "/other"), status(200));
        application.run(context -> {
            assertThat(get(context)).isEqualTo("status 200");
            assertThat(context.getBean(RecordingListener.class).attempts()).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream", "application/x-ndjson;charset=utf-8", "APPLICATION/STREAM+JSON"})
    void whenTheAnswerIsAStream_thenItIsHandedOnBeforeItEnds(String type) {
        backend.answers(aResponse()
                .withStatus(200)
                .withHeader("Content-Type", type)
                .withBody("first and then a long pause")
                .withChunkedDribbleDelay(10, 10_000)); // the first part comes after a second
        withTimeLimit
                .withPropertyValues("resilience.timeout.instances.stock.limit=4s")
                .run(context -> {
                    int status = context.getBean(RestClient.Builder.class)
                            .build()
                            .get()
                            .uri(backend.url() + "/items")
                            .exchange(
                                    (request, response) ->
                                            response.getStatusCode().value(),
                                    false);

                    assertThat(status).isEqualTo(200);
                });
    }

    private static ResponseDefinitionBuilder slow(String trouble) {
        return switch (trouble) {
            case "headers" -> status(200).withFixedDelay(LONG);
            case "body" -> status(200).withHeader("Content-Length", "10").withChunkedDribbleDelay(5, LONG);
            default -> status(200).withChunkedDribbleDelay(2, LONG);
        };
    }

    private String get(ApplicationContext context) {
        return String.valueOf(context.getBean(RestClient.Builder.class)
                .build()
                .get()
                .uri(backend.url() + "/items")
                .retrieve()
                .body(String.class));
    }

    private String getWithTemplate(ApplicationContext context) {
        return String.valueOf(context.getBean(RestTemplateBuilder.class)
                .build()
                .getForObject(backend.url() + "/items", String.class));
    }
}
