package io.steadfast.http.restclient;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.steadfast.http.restclient.Backend.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.concurrent.CompletableFuture;

import com.github.tomakehurst.wiremock.http.Fault;
import io.steadfast.core.PolicyEvent;
import io.steadfast.core.PolicyEvent.Kind;
import io.steadfast.retry.Retry;
import io.steadfast.spring.Resilient;
import io.steadfast.test.RecordingListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import reactor.core.publisher.Mono;

/** The guard is on the method that uses a client; no client is configured unless a test says so. */
class AnnotatedCallerTests {

    private final Backend backend = new Backend();

    private final ApplicationContextRunner application = HttpScene.application()
            .withUserConfiguration(Shop.class)
            .withPropertyValues(
                    "backend=" + backend.url(),
                    "resilience.retry.defaults.max-attempts=3",
                    "resilience.retry.defaults.wait-duration=1ms");

    @AfterEach
    void stop() {
        backend.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "entity", "stage", "mono", "ownException"})
    void whenTheServerIsUnwell_thenTheMethodIsRunAgain(String style) {
        backend.answers(status(503), status(503), status(200));
        application.run(context -> {
            assertThat(shop(context).call(style, HttpMethod.GET)).isEqualTo("status 200");
            assertThat(backend.requests()).hasSize(3);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "entity", "stage", "mono", "ownException"})
    void whenItIsTheCallersOwnBusiness_thenTheMethodIsRunOnce(String style) {
        backend.answers(status(404), status(200));
        application.run(context -> {
            call(context, style, HttpMethod.GET);
            assertThat(backend.requests()).hasSize(1);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "entity", "stage", "mono", "ownException"})
    void whenARequestIsNotSafeToRepeat_thenTheMethodIsRunOnceAndTheLogSaysWhy(String style) {
        backend.answers(status(503), status(200));
        application.run(context -> {
            call(context, style, HttpMethod.POST);

            assertThat(backend.requests()).hasSize(1);
            assertThat(context.getBean(RecordingListener.class).events())
                    .filteredOn(event -> event.kind() == Kind.RETRY_ABANDONED)
                    .singleElement()
                    .extracting(PolicyEvent::detail)
                    .asString()
                    .contains("may have been carried out");
        });
    }

    @Test
    void whenAnUnsafeRequestIsMadeOnAnotherThread_thenTheMethodIsNotRunAgain() {
        backend.answers(status(503), status(200));
        application.run(context -> {
            assertThatThrownBy(() -> context.getBean(Shop.class)
                            .elsewhere(HttpMethod.POST)
                            .join())
                    .hasCauseInstanceOf(HttpServerErrorException.class);
            assertThat(backend.requests()).hasSize(1);
        });
    }

    @Test
    void whenAnUnsafeRequestFailsOnAnotherThread_thenTheMethodIsNotRunAgain() {
        backend.answers(aResponse().withFault(Fault.EMPTY_RESPONSE), status(200));
        application.run(context -> {
            assertThatThrownBy(() -> context.getBean(Shop.class)
                            .elsewhere(HttpMethod.POST)
                            .join())
                    .hasCauseInstanceOf(ResourceAccessException.class);
            assertThat(backend.requests()).hasSize(1);
        });
    }

    @Test
    void whenASafeRequestIsMadeOnAnotherThread_thenTheMethodIsRunAgain() {
        backend.answers(status(503), status(200));
        application.run(context -> assertThat(
                        context.getBean(Shop.class).elsewhere(HttpMethod.GET).join())
                .isEqualTo("status 200"));
    }

    @Test
    void whenAnUnsafeRequestWentWellBeforeOneFailed_thenTheMethodIsNotRunAgain() {
        backend.answers(status(200), status(503), status(200));
        application.run(context -> {
            assertThatThrownBy(() -> shop(context).reserveAndLook()).isInstanceOf(HttpServerErrorException.class);
            assertThat(backend.requests()).hasSize(2);
        });
    }

    @Test
    void whenAnUnsafeRequestWentWellBeforeSomethingElseFailed_thenTheMethodIsNotRunAgain() {
        backend.answers(200);
        application.run(context -> {
            assertThatThrownBy(() -> shop(context).reserveAndBreak()).hasMessage("not about HTTP");
            assertThat(backend.requests()).hasSize(1);
        });
    }

    @Test
    void whenTheRequestNeverLeft_thenTheMethodIsRunAgain() {
        backend.close();
        application.run(context -> {
            call(context, "plain", HttpMethod.POST);
            assertThat(context.getBean(RecordingListener.class).attempts()).isEqualTo(3);
        });
    }

    @Test
    void whenTheMethodIsRetried_thenItsRequestsSayWhichAttemptTheyAre() {
        backend.answers(status(503), status(200));
        application.run(context -> {
            call(context, "plain", HttpMethod.GET);
            assertThat(backend.sent("Resilience-Attempt")).containsExactly("1; max=3", "2; max=3");
        });
    }

    @Test
    void whenMethodAndClientGoByOneName_thenThePoliciesAreThereOnce() {
        backend.answers(503);
        application
                .withPropertyValues("resilience.http.clients.shop.base-url=" + backend.url())
                .run(context -> {
                    call(context, "plain", HttpMethod.GET);
                    assertThat(backend.requests()).hasSize(3);
                });
    }

    @Test
    void whenKeysAreAddedForTheClientOfTheSameName_thenTheMethodsAttemptsHaveOne() {
        backend.answers(status(503), status(200));
        application
                .withPropertyValues(
                        "resilience.http.clients.shop.base-url=" + backend.url(),
                        "resilience.http.clients.shop.idempotency-key=true")
                .run(context -> {
                    assertThat(shop(context).call("plain", HttpMethod.POST)).isEqualTo("status 200");

                    assertThat(new HashSet<>(backend.sent("Idempotency-Key")))
                            .hasSize(1)
                            .doesNotContainNull();
                });
    }

    @Test
    void whenAMethodMakesTwoLikeRequestsWithKeysOfOurs_thenItIsNotRunAgain() {
        backend.answers(status(200), status(503), status(200));
        application
                .withPropertyValues(
                        "resilience.http.clients.shop.base-url=" + backend.url(),
                        "resilience.http.clients.shop.idempotency-key=true")
                .run(context -> {
                    assertThatThrownBy(() -> shop(context).reserveTwice()).isInstanceOf(HttpServerErrorException.class);
                    assertThat(backend.requests()).hasSize(2);
                    assertThat(new HashSet<>(backend.sent("Idempotency-Key"))).hasSize(2);
                });
    }

    private static void call(ApplicationContext context, String style, HttpMethod method) {
        try {
            shop(context).call(style, method);
        } catch (RuntimeException expected) {
            // the last outcome stands, whatever it is
        }
    }

    private static Styles shop(ApplicationContext context) {
        return new Styles(context.getBean(Shop.class));
    }

    private record Styles(Shop shop) {

        String call(String style, HttpMethod method) {
            return switch (style) {
                case "plain" -> shop.plain(method);
                case "entity" -> String.valueOf(shop.entity(method).getBody());
                case "stage" -> shop.stage(method).join();
                case "mono" -> String.valueOf(shop.mono(method).block());
                default -> shop.ownException(method);
            };
        }

        void reserveAndLook() {
            shop.reserveAndLook();
        }

        void reserveAndBreak() {
            shop.reserveAndBreak();
        }

        void reserveTwice() {
            shop.reserveTwice();
        }
    }

    static class Shop {

        private final RestClient client;

        Shop(RestClient.Builder builder, Environment environment) {
            this.client =
                    builder.baseUrl(environment.getRequiredProperty("backend")).build();
        }

        @Retry("shop")
        String plain(HttpMethod method) {
            return String.valueOf(client.method(method).uri("/items").retrieve().body(String.class));
        }

        @Retry("shop")
        ResponseEntity<String> entity(HttpMethod method) {
            return client.method(method)
                    .uri("/items")
                    .retrieve()
                    .onStatus(HttpStatusCode::isError, (request, response) -> {})
                    .toEntity(String.class);
        }

        @Retry("shop")
        CompletableFuture<String> stage(HttpMethod method) {
            try {
                return CompletableFuture.completedFuture(String.valueOf(
                        client.method(method).uri("/items").retrieve().body(String.class)));
            } catch (RuntimeException failure) {
                return CompletableFuture.failedFuture(failure);
            }
        }

        @Retry("shop")
        CompletableFuture<String> elsewhere(HttpMethod method) {
            return CompletableFuture.supplyAsync(() -> String.valueOf(
                    client.method(method).uri("/items").retrieve().body(String.class)));
        }

        @Retry("shop")
        Mono<String> mono(HttpMethod method) {
            return Mono.fromCallable(() -> String.valueOf(
                    client.method(method).uri("/items").retrieve().body(String.class)));
        }

        @Retry("shop")
        String ownException(HttpMethod method) {
            return String.valueOf(client.method(method)
                    .uri("/items")
                    .retrieve()
                    .onStatus(HttpStatusCode::isError, (request, response) -> {
                        throw new IllegalStateException("no stock");
                    })
                    .body(String.class));
        }

        @Resilient("shop")
        void reserveAndLook() {
            client.post().uri("/reservations").retrieve().toBodilessEntity();
            client.get().uri("/items").retrieve().toBodilessEntity();
        }

        @Retry("shop")
        void reserveAndBreak() {
            client.post().uri("/reservations").retrieve().toBodilessEntity();
            throw new IllegalStateException("not about HTTP");
        }

        @Retry("shop")
        void reserveTwice() {
            client.post().uri("/reservations").retrieve().toBodilessEntity();
            client.post().uri("/reservations").retrieve().toBodilessEntity();
        }
    }
}
