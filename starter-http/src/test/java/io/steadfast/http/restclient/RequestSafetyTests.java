package io.steadfast.http.restclient;

import static io.steadfast.http.restclient.Backend.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.concurrent.Callable;

import io.steadfast.core.PolicyEvent;
import io.steadfast.core.PolicyEvent.Kind;
import io.steadfast.http.RetryLayer;
import io.steadfast.test.RecordingListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/** Which requests are made again, and what the log says of those that are not. */
class RequestSafetyTests {

    private final Backend backend = new Backend();

    private final ApplicationContextRunner application =
            HttpScene.withoutWaiting().withPropertyValues(HttpScene.stock(backend.url()));

    @AfterEach
    void stop() {
        backend.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"})
    void whenTheMethodIsIdempotent_thenARequestIsRepeated(String method) {
        backend.answers(status(503), status(200));
        application.run(context -> assertThat(
                        ClientKind.REST_CLIENT.send(context, HttpMethod.valueOf(method), backend.url() + "/items"))
                .isEqualTo(200));
    }

    @ParameterizedTest
    @EnumSource
    void whenTheMethodIsNot_thenARequestIsSentOnce(ClientKind client) {
        backend.answers(status(503), status(200));
        application.run(context -> {
            assertThat(client.send(context, HttpMethod.POST, backend.url() + "/items"))
                    .isEqualTo(503);

            assertThat(backend.requests()).hasSize(1);
            assertThat(whyAbandoned(context))
                    .contains("the POST to localhost may have been carried out, and has no Idempotency-Key");
        });
    }

    @Test
    void whenARequestHasAKey_thenItIsRepeatedWithIt() {
        backend.answers(status(503), status(200));
        application.run(context -> {
            String answer = client(context)
                    .post()
                    .uri("/items")
                    .header("Idempotency-Key", "mine")
                    .body("one")
                    .retrieve()
                    .body(String.class);

            assertThat(answer).isEqualTo("status 200");
            assertThat(backend.sent("Idempotency-Key")).containsExactly("mine", "mine");
            assertThat(backend.requests())
                    .allMatch(request -> request.getBodyAsString().equals("one"));
        });
    }

    @Test
    void whenKeysAreAddedByUs_thenEachRequestHasOneOnAllItsAttempts() {
        backend.answers(status(503), status(503), status(200));
        application
                .withPropertyValues("resilience.http.clients.stock.idempotency-key=true")
                .run(context -> {
                    client(context).post().uri("/items").body("one").retrieve().toBodilessEntity();
                    client(context).post().uri("/items").body("two").retrieve().toBodilessEntity();

                    assertThat(backend.sent("Idempotency-Key"))
                            .hasSize(4)
                            .doesNotContainNull()
                            .satisfies(keys -> {
                                assertThat(new HashSet<>(keys.subList(0, 3))).hasSize(1);
                                assertThat(keys.get(3)).isNotEqualTo(keys.get(0));
                            });
                });
    }

    @Test
    void whenAnIdempotentRequestIsSent_thenItGetsNoKey() {
        backend.answers(200);
        application
                .withPropertyValues("resilience.http.clients.stock.idempotency-key=true")
                .run(context -> {
                    client(context).get().uri("/items").retrieve().toBodilessEntity();

                    assertThat(backend.sent("Idempotency-Key")).containsOnlyNulls();
                });
    }

    @Test
    void whenAMethodIsListed_thenItIsRepeated() {
        backend.answers(status(503), status(200));
        application
                .withPropertyValues("resilience.http.clients.stock.retry-methods=post")
                .run(context -> assertThat(
                                ClientKind.REST_CLIENT.send(context, HttpMethod.POST, backend.url() + "/items"))
                        .isEqualTo(200));
    }

    @Test
    void whenTheServerForbidsIt_thenNoRequestIsRepeated() {
        backend.answers(status(503).withHeader("Resilience-Retry", "no"), status(200));
        application.run(context -> {
            assertThat(ClientKind.REST_CLIENT.send(context, HttpMethod.GET, backend.url() + "/items"))
                    .isEqualTo(503);

            assertThat(whyAbandoned(context)).contains("the server forbids it (Resilience-Retry: no)");
        });
    }

    @Test
    void whenTheCallerOfThisServiceRetries_thenNothingIsRetriedBelow() {
        backend.answers(status(503), status(200));
        application.run(context -> {
            Callable<Integer> request =
                    () -> ClientKind.REST_CLIENT.send(context, HttpMethod.GET, backend.url() + "/items");

            assertThat(RetryLayer.callRetriedAbove(request)).isEqualTo(503);

            assertThat(whyAbandoned(context)).contains("the caller of this service retries it");
            assertThat(backend.sent("Resilience-Attempt")).containsOnlyNulls();
        });
    }

    @Test
    void whenRetriesBelowAreAskedFor_thenTheyAreMade() {
        backend.answers(status(503), status(200));
        application
                .withPropertyValues("resilience.http.defaults.retry-below=true")
                .run(context -> {
                    Callable<Integer> request =
                            () -> ClientKind.REST_CLIENT.send(context, HttpMethod.GET, backend.url() + "/items");

                    assertThat(RetryLayer.callRetriedAbove(request)).isEqualTo(200);
                });
    }

    @Test
    void whenARequestMayBeRepeated_thenItSaysWhichAttemptItIs() {
        backend.answers(status(503), status(503), status(200));
        application.run(context -> {
            ClientKind.REST_CLIENT.send(context, HttpMethod.GET, backend.url() + "/items");

            assertThat(backend.sent("Resilience-Attempt")).containsExactly("1; max=3", "2; max=3", "3; max=3");
        });
    }

    @Test
    void whenARequestIsNotRepeatedAnyway_thenItDoesNotSaySo() {
        backend.answers(200);
        application.run(context -> {
            ClientKind.REST_CLIENT.send(context, HttpMethod.POST, backend.url() + "/items");

            assertThat(backend.sent("Resilience-Attempt")).containsOnlyNulls();
        });
    }

    @Test
    void whenAPostNeverLeaves_thenItIsRepeated() {
        backend.close();
        application.run(context -> {
            assertThatThrownBy(() -> client(context)
                            .post()
                            .uri("/items")
                            .body("one")
                            .retrieve()
                            .toBodilessEntity())
                    .isInstanceOf(ResourceAccessException.class);

            assertThat(context.getBean(RecordingListener.class).attempts()).isEqualTo(3);
            assertThat(context.getBean(RecordingListener.class).kinds())
                    .containsExactly(Kind.RETRYING, Kind.RETRYING, Kind.RETRIES_EXHAUSTED);
        });
    }

    private RestClient client(ApplicationContext context) {
        return context.getBean(RestClient.Builder.class).baseUrl(backend.url()).build();
    }

    private static String whyAbandoned(ApplicationContext context) {
        return context.getBean(RecordingListener.class).events().stream()
                .filter(event -> event.kind() == Kind.RETRY_ABANDONED)
                .map(PolicyEvent::detail)
                .findFirst()
                .orElse("not abandoned");
    }
}
