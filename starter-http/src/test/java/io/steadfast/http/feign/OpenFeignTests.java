package io.steadfast.http.feign;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.steadfast.http.feign.Scene.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import feign.FeignException;
import io.steadfast.core.CircuitOpenException;
import io.steadfast.retry.Retry;
import io.steadfast.test.ManualTimer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** Clients that Spring Cloud OpenFeign makes, in front of a server that misbehaves. */
class OpenFeignTests {

    private final Scene scene = new Scene();

    @AfterEach
    void stop() {
        scene.close();
    }

    private static String get(ApplicationContext context) {
        return context.getBean(Stock.class).left();
    }

    @ParameterizedTest
    @CsvSource({
        "200,1", "304,1", "400,1", "404,1", "408,3", "409,1", "429,3", "500,1", "501,1", "502,3", "503,3", "504,3",
    })
    void whenTheServerAnswers_thenTheTableSaysHowOftenItIsTried(int status, int attempts) {
        scene.answers(status(status));
        scene.withoutWaiting(Clients.class).withPropertyValues(scene.stock()).run(context -> {
            Throwable failure = catchThrowable(() -> get(context));

            assertThat(scene.requests()).hasSize(attempts);
            assertThat(failure instanceof FeignException thrown ? thrown.status() : 200)
                    .isEqualTo(status == 304 && failure == null ? 200 : status);
        });
    }

    @ParameterizedTest
    @CsvSource({"404,FeignException", "500,CircuitOpenException", "503,CircuitOpenException"})
    void whenAnswersGoOn_thenOnlyFailuresOpenTheBreaker(int status, String expected) {
        scene.answers(status(status));
        scene.withoutWaiting(Clients.class)
                .withPropertyValues(
                        "resilience.http.clients.stock.base-url=" + scene.url(),
                        "resilience.circuit-breaker.instances.stock.sliding-window-type=count-based",
                        "resilience.circuit-breaker.instances.stock.sliding-window-size=2",
                        "resilience.circuit-breaker.instances.stock.minimum-number-of-calls=2")
                .run(context -> {
                    assertThatThrownBy(() -> get(context)).isInstanceOf(FeignException.class);
                    assertThatThrownBy(() -> get(context)).isInstanceOf(FeignException.class);

                    assertThatThrownBy(() -> get(context))
                            .isInstanceOf(
                                    expected.equals("FeignException")
                                            ? FeignException.class
                                            : CircuitOpenException.class);
                });
    }

    @Test
    void whenAPostFails_thenItIsNotRepeated() {
        scene.answers(status(503), status(200));
        scene.withoutWaiting(Clients.class).withPropertyValues(scene.stock()).run(context -> {
            assertThatThrownBy(() -> context.getBean(Stock.class).take("7"))
                    .isInstanceOf(FeignException.ServiceUnavailable.class);

            assertThat(scene.requests()).hasSize(1);
        });
    }

    @Test
    void whenPostsAreGivenAKey_thenTheyAreRepeatedWithTheSameOneAndTheirBody() {
        scene.answers(status(503), status(200));
        scene.withoutWaiting(Clients.class)
                .withPropertyValues(scene.stock())
                .withPropertyValues("resilience.http.clients.stock.idempotency-key=true")
                .run(context -> {
                    assertThat(context.getBean(Stock.class).take("7")).isEqualTo("status 200");

                    assertThat(scene.sent("Idempotency-Key")).hasSize(2).doesNotContainNull();
                    assertThat(scene.sent("Idempotency-Key").stream().distinct())
                            .hasSize(1);
                    assertThat(scene.requests())
                            .allSatisfy(request ->
                                    assertThat(request.getBodyAsString()).isEqualTo("7"));
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "Sun, 01 Mar 2026 12:00:03 GMT"})
    void whenTheServerSaysWhen_thenTheRetryWaits(String retryAfter) {
        scene.answers(status(503).withHeader("Retry-After", retryAfter), status(200));
        scene.withoutWaiting(Clients.class).withPropertyValues(scene.stock()).run(context -> {
            assertThat(get(context)).isEqualTo("status 200");

            assertThat(context.getBean(ManualTimer.class).sleeps())
                    .singleElement()
                    .satisfies(wait -> assertThat(wait).isBetween(Duration.ofSeconds(3), Duration.ofMillis(4500)));
        });
    }

    @Test
    void whenTheServerForbidsIt_thenItIsNotTriedAgain() {
        scene.answers(status(503).withHeader("Resilience-Retry", "no"), status(200));
        scene.withoutWaiting(Clients.class).withPropertyValues(scene.stock()).run(context -> {
            assertThatThrownBy(() -> get(context)).isInstanceOf(FeignException.class);

            assertThat(scene.requests()).hasSize(1);
        });
    }

    @Test
    void whenAttemptsAreMade_thenEachSaysWhichItIs() {
        scene.answers(status(503), status(503), status(200));
        scene.withoutWaiting(Clients.class).withPropertyValues(scene.stock()).run(context -> {
            get(context);

            assertThat(scene.sent("Resilience-Attempt")).containsExactly("1; max=3", "2; max=3", "3; max=3");
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE", "RANDOM_DATA_THEN_CLOSE", "MALFORMED_RESPONSE_CHUNK"
            })
    void whenTheConnectionBreaks_thenAnotherAttemptIsMade(Fault fault) {
        scene.answers(aResponse().withStatus(200).withBody("half").withFault(fault), status(200));
        scene.withoutWaiting(Clients.class)
                .withPropertyValues(scene.stock())
                .run(context -> assertThat(get(context)).isEqualTo("status 200"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"headers", "body", "trickle"})
    void whenAnAnswerIsSlow_thenTheAttemptEndsAtItsLimitAndAnotherIsMade(String trouble) {
        ResponseDefinitionBuilder body = aResponse().withStatus(200).withBody("x".repeat(1000));
        ResponseDefinitionBuilder slow = switch (trouble) {
            case "headers" -> status(200).withFixedDelay(30_000);
            case "body" -> body.withChunkedDribbleDelay(10, 30_000);
            default -> body.withChunkedDribbleDelay(150, 30_000); // each part well within the limit
        };
        scene.answers(slow, status(200));
        scene.application(Clients.class)
                .withPropertyValues(scene.stock())
                .withPropertyValues(
                        "resilience.timeout.instances.stock.limit=1s",
                        "resilience.retry.instances.stock.wait-duration=1ms")
                .run(context -> {
                    assertThat(get(context)).isEqualTo("status 200");
                    assertThat(scene.requests()).hasSize(2);
                    assertThat(scene.sent("Resilience-Timeout")).doesNotContainNull();
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:1", "http://no.such.host.invalid"})
    void whenTheRequestNeverLeaves_thenEvenAPostIsTriedAgain(String url) {
        scene.withoutWaiting(Clients.class)
                .withPropertyValues(scene.stock())
                .withPropertyValues("server.url=" + url, "resilience.http.clients.stock.base-url=" + url)
                .run(context -> {
                    assertThatThrownBy(() -> context.getBean(Stock.class).take("7"))
                            .isInstanceOf(FeignException.class);

                    assertThat(context.getBean(ManualTimer.class).sleeps()).hasSize(2);
                });
    }

    @Test
    void whenAnInterfaceIsAnnotated_thenItsCallsAreGuardedAndUnderstood() {
        scene.withoutWaiting(Clients.class).run(context -> {
            Annotated client = context.getBean(Annotated.class);
            scene.answers(status(503), status(200));
            assertThat(client.left()).isEqualTo("status 200");

            scene.answers(status(404));
            assertThatThrownBy(client::left).isInstanceOf(FeignException.NotFound.class);
            assertThat(scene.requests()).hasSize(1);

            scene.answers(status(503), status(200));
            assertThatThrownBy(() -> client.take("7")).isInstanceOf(FeignException.ServiceUnavailable.class);
            assertThat(scene.requests()).hasSize(1);
        });
    }

    @Test
    void whenNoClientIsConfigured_thenRequestsPassAsTheyAre() {
        scene.answers(status(503));
        scene.withoutWaiting(Clients.class).run(context -> {
            assertThatThrownBy(() -> get(context)).isInstanceOf(FeignException.ServiceUnavailable.class);

            assertThat(scene.requests()).hasSize(1);
        });
    }

    @Test
    void whenSwitchedOff_thenThereIsNoGuard() {
        scene.withoutWaiting(Clients.class)
                .withPropertyValues("resilience.http.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(GuardedFeign.class));
    }

    @Test
    void whenFeignIsAbsent_thenTheApplicationStarts() {
        scene.withoutWaiting()
                .withClassLoader(new FilteredClassLoader("feign", "org.springframework.cloud.openfeign"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(GuardedFeign.class));
    }

    @FeignClient(name = "plain", url = "${server.url}")
    interface Stock {

        @GetMapping("/stock")
        String left();

        @PostMapping("/stock")
        String take(@RequestBody String amount);
    }

    @FeignClient(name = "annotated", url = "${server.url}")
    interface Annotated {

        @Retry("annotated")
        @GetMapping("/stock")
        String left();

        @Retry("annotated")
        @PostMapping("/stock")
        String take(@RequestBody String amount);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableFeignClients(clients = {Stock.class, Annotated.class})
    static class Clients {}
}
