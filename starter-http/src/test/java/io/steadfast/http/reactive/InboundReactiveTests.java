package io.steadfast.http.reactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;

import io.steadfast.http.inbound.TestServer;
import io.steadfast.http.inbound.Trouble;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import reactor.core.publisher.Hooks;

/** What the defaults do, on a real server. */
class InboundReactiveTests {

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(
                WebApplicationType.REACTIVE, ReactiveApplication.class, "spring.reactor.context-propagation=auto");
    }

    @AfterAll
    static void stop() {
        server.close();
        Hooks.disableAutomaticContextPropagation(); // it is switched on for the JVM, and for the tests that follow
    }

    @ParameterizedTest
    @CsvSource({"Resilience-Timeout,800m,PT0.8S", "resilience-timeout,2S,PT2S", "grpc-timeout,30S,PT30S"})
    void whenRequestHasATimeout_thenItIsTheDeadlineOfItsThread(String header, String value, String left) {
        assertThat(server.get("/left", header, value).body()).isEqualTo(left);
    }

    @Test
    void whenContextsArePropagated_thenThreadsHaveTheDeadlineToo() {
        assertThat(server.get("/left-on-thread", "Resilience-Timeout", "800m").body())
                .isEqualTo("PT0.8S");
    }

    @ParameterizedTest
    @CsvSource({"99999999H,PT1M", "61S,PT1M"})
    void whenMoreIsAskedForThanTheMaximum_thenTheMaximumIsGiven(String value, String left) {
        assertThat(server.get("/left", "Resilience-Timeout", value).body()).isEqualTo(left);
    }

    @ParameterizedTest
    @CsvSource({"-1S", "soon", "9999999999999999999999S", "''"})
    void whenTimeoutIsNonsense_thenTheRequestIsServedWithoutDeadline(String value) {
        assertThat(server.get("/left", "Resilience-Timeout", value).body()).isEqualTo("endless");
    }

    @Test
    void whenExpiredWorkArrives_thenItIsCountedAndServed() {
        double before = server.expired("served");

        HttpResponse<String> answer = server.get("/left", "Resilience-Timeout", "1n");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("endless");
        assertThat(server.expired("served")).isEqualTo(before + 1);
        assertThat(server.expired("refused")).isZero();
    }

    @Test
    void whenTimeRunsOutWhileTheRequestIsServed_thenItIsCountedAndServed() {
        double before = server.expired("late");

        HttpResponse<String> answer = server.get("/slow", "Resilience-Timeout", "1S");

        assertThat(answer.body()).isEqualTo("PT0S");
        await().untilAsserted(() -> assertThat(server.expired("late")).isEqualTo(before + 1));
    }

    @ParameterizedTest
    @CsvSource({"1; max=3,true", "3; max=3,true", "1; max=1,false", "nonsense,false"})
    void whenRequestSaysWhoRetries_thenTheControllerKnows(String attempt, String retried) {
        assertThat(server.get("/retried", "Resilience-Attempt", attempt).body()).isEqualTo(retried);
    }

    @ParameterizedTest
    @CsvSource({
        "RATE,429,2",
        "BULKHEAD,503,",
        "CIRCUIT,503,5",
        "INSTANCE,503,",
        "DEADLINE,504,",
        "TIMEOUT,504,",
        "WRAPPED,503,"
    })
    void whenRefusalEscapes_thenItsStatusSaysSo(Trouble trouble, int status, String retryAfter) {
        HttpResponse<String> answer = server.get("/fail/" + trouble);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Retry-After").orElse(null)).isEqualTo(retryAfter);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"status\":" + status);
    }

    @Test
    void whenServiceBelowFailsAndTheCallerRetries_thenTheCallerIsToldThatItMay() {
        assertThat(server.get("/fail/BELOW", "Resilience-Attempt", "1; max=3").statusCode())
                .isEqualTo(503);
    }

    @Test
    void whenServiceBelowFailsAndTheCallerDoesNotRetry_thenTheAnswerIsTheServersOwn() {
        assertThat(server.get("/fail/BELOW").statusCode()).isEqualTo(500);
    }

    @Test
    void whenSomethingElseEscapes_thenTheAnswerIsTheServersOwn() {
        assertThat(server.get("/fail/BUG", "Resilience-Attempt", "1; max=3").statusCode())
                .isEqualTo(500);
    }
}
