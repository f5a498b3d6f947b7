package io.steadfast.http.reactive;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.steadfast.core.CircuitOpenException;
import io.steadfast.core.Deadline;
import io.steadfast.core.DeadlineExceededException;
import io.steadfast.core.RateLimitedException;
import io.steadfast.http.RetryLayer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** A client that is configured and not annotated anywhere. */
class WebClientTargetTests {

    private static WebClientScene scene;

    @BeforeAll
    static void start() {
        scene = WebClientScene.withInventory(
                "resilience.http.clients.fragile.base-url=${server.url}/fragile",
                "resilience.retry.instances.fragile.max-attempts=3",
                "resilience.circuit-breaker.instances.fragile.sliding-window-type=count-based",
                "resilience.circuit-breaker.instances.fragile.sliding-window-size=1",
                "resilience.circuit-breaker.instances.fragile.minimum-number-of-calls=1",
                "resilience.http.clients.quiet.base-url=${server.url}/quiet",
                "resilience.http.clients.quiet.push-back.quiet=true",
                "resilience.http.clients.quiet.push-back.cap=1h",
                "resilience.retry.instances.quiet.max-attempts=1",
                "resilience.http.clients.payments.base-url=${server.url}/pay",
                "resilience.http.clients.payments.idempotency-key=true",
                "resilience.retry.instances.payments.max-attempts=3");
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    @BeforeEach
    void reset() {
        scene.reset();
    }

    @ParameterizedTest
    @CsvSource({
        "200,1", "204,1", "302,1", "304,1", "400,1", "404,1", "408,3", "429,3", "500,1", "501,1", "502,3", "503,3",
        "504,3"
    })
    void whenAnswerIsOfTheTable_thenItIsRetriedOrNotAndHandedOn(int status, int requests) {
        scene.answers("/stock/1", status);

        HttpStatus seen = statusOf(scene.client());

        assertThat(seen.code()).isEqualTo(status);
        assertThat(scene.requests()).hasSize(requests);
    }

    @ParameterizedTest
    @CsvSource({"400,1", "404,1", "408,3", "429,3", "500,1", "502,3", "503,3", "504,3"})
    void whenTheClientThrows_thenItIsRetriedAllTheSame(int status, int requests) {
        scene.answers("/stock/1", status);

        assertThatThrownBy(() -> text("/stock/1").block())
                .isInstanceOfSatisfying(WebClientResponseException.class, thrown -> {
                    assertThat(thrown.getStatusCode().value()).isEqualTo(status);
                    assertThat(thrown.getResponseBodyAsString()).isEqualTo("answer 1");
                });
        assertThat(scene.requests()).hasSize(requests);
    }

    @Test
    void whenServerRecovers_thenNobodyNotices() {
        scene.answers("/stock/1", 503, 502, 200);

        assertThat(text("/stock/1").block()).isEqualTo("answer 3");
        assertThat(scene.requests())
                .extracting(request -> request.getHeader("Resilience-Attempt"))
                .containsExactly("1; max=3", "2; max=3", "3; max=3");
    }

    @Test
    void whenRequestBelongsToNoClient_thenItIsSentOnce() {
        scene.answers("/elsewhere", 503);

        assertThatThrownBy(() -> text("/elsewhere").block()).isInstanceOf(WebClientResponseException.class);
        assertThat(scene.requests()).hasSize(1);
        assertThat(scene.requests().get(0).containsHeader("Resilience-Attempt")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH"})
    void whenMethodIsNotSafeToRepeat_thenItIsSentOnce(String method) {
        scene.answers("/stock/1", 503);

        assertThat(status(method, "/stock/1", "")).isEqualTo(503);
        assertThat(scene.requests()).hasSize(1);
    }

    @Test
    void whenTheClientAddsAKey_thenEachAttemptHasTheSameAndIsSafe() {
        scene.answers("/pay", 503, 503, 200);

        assertThat(status("POST", "/pay", "")).isEqualTo(200);
        Set<String> keys = scene.requests().stream()
                .map(request -> request.getHeader("Idempotency-Key"))
                .collect(Collectors.toSet());
        assertThat(scene.requests()).hasSize(3);
        assertThat(keys).hasSize(1).doesNotContainNull();
    }

    @Test
    void whenServerForbidsAnotherTry_thenThereIsNone() {
        scene.answers("/stock/1", aResponse().withStatus(503).withHeader("Resilience-Retry", "no"));

        assertThat(statusOf(scene.client()).code()).isEqualTo(503);
        assertThat(scene.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "Wed, 01 Jan 2098 00:00:00 GMT", "99999999999999999999999", "-5", "soon", ""})
    void whenServerAsksForAWait_thenItIsGrantedUpToTheCap(String retryAfter) {
        scene.answers(
                "/stock/1",
                aResponse().withStatus(503).withHeader("Retry-After", retryAfter),
                aResponse().withStatus(200).withBody("well"));

        assertThat(text("/stock/1").block(Duration.ofSeconds(20))).isEqualTo("well");
    }

    @Test
    void whenBodyIsAValue_thenItIsSentAgain() {
        scene.answers("/stock/1", 503, 200);

        assertThat(status("PUT", "/stock/1", "seven")).isEqualTo(200);
        assertThat(scene.requests())
                .extracting(request -> request.getBodyAsString())
                .containsExactly("seven", "seven");
    }

    @Test
    void whenBodyIsAPublisher_thenItIsSentOnce() {
        scene.answers("/stock/1", 503, 200);

        ResponseEntity<Void> answer = scene.client()
                .put()
                .uri("/stock/1")
                .body(Flux.just("se", "ven"), String.class)
                .exchangeToMono(ClientResponse::toBodilessEntity)
                .block();

        assertThat(Objects.requireNonNull(answer).getStatusCode().value()).isEqualTo(503);
        assertThat(scene.requests()).hasSize(1);
    }

    @Test
    void whenPublisherIsSaidToBeReplayable_thenItIsSentAgain() {
        scene.answers("/stock/1", 503, 200);

        scene.client()
                .put()
                .uri("/stock/1")
                .attribute(GuardedExchanges.REPLAYABLE, true)
                .body(Flux.just("se", "ven"), String.class)
                .retrieve()
                .toBodilessEntity()
                .block();

        assertThat(scene.requests())
                .extracting(request -> request.getBodyAsString())
                .containsExactly("seven", "seven");
    }

    @Test
    void whenContextHasADeadline_thenTheServerIsToldWhatIsLeft() {
        scene.answers("/stock/1", 200);

        text("/stock/1")
                .contextWrite(context -> context.put(Deadline.CONTEXT_KEY, Deadline.in(Duration.ofSeconds(50))))
                .block();

        assertThat(scene.requests().get(0).getHeader("Resilience-Timeout")).matches("4\\d{7}u");
    }

    @Test
    void whenContextsDeadlineIsOver_thenNothingIsSent() {
        scene.answers("/stock/1", 200);

        StepVerifier.create(text("/stock/1")
                        .contextWrite(context -> context.put(Deadline.CONTEXT_KEY, Deadline.in(Duration.ZERO))))
                .verifyError(DeadlineExceededException.class);
        assertThat(scene.requests()).isEmpty();
    }

    @Test
    void whenThreadHasADeadline_thenTheServerIsToldWhatIsLeft() throws Exception {
        scene.answers("/stock/1", 200);

        Deadline.in(Duration.ofSeconds(50)).call(() -> text("/stock/1").block());

        assertThat(scene.requests().get(0).getHeader("Resilience-Timeout")).matches("4\\d{7}u");
    }

    @Test
    void whenTheCallerOfThisServiceRetries_thenItIsLeftToIt() {
        scene.answers("/stock/1", 503);

        Mono<String> call = text("/stock/1").contextWrite(context -> context.put(RetryLayer.CONTEXT_KEY, true));

        assertThatThrownBy(call::block).isInstanceOf(WebClientResponseException.ServiceUnavailable.class);
        assertThat(scene.requests()).hasSize(1);
    }

    @Test
    void whenTheCallerOfTheThreadsRequestRetries_thenItIsLeftToIt() throws Exception {
        scene.answers("/stock/1", 503);

        HttpStatus seen = RetryLayer.callRetriedAbove(() -> statusOf(scene.client()));

        assertThat(seen.code()).isEqualTo(503);
        assertThat(scene.requests()).hasSize(1);
    }

    @Test
    void whenAnotherAttemptIsRefused_thenWhatTheServerSaidStands() {
        scene.answers("/fragile", 503);

        assertThat(status("GET", "/fragile", "")).isEqualTo(503);
        assertThat(scene.requests()).hasSize(1);
        assertThatThrownBy(() -> status("GET", "/fragile", "")).isInstanceOf(CircuitOpenException.class);
    }

    @Test
    void whenServerWantsQuietForAll_thenOthersAreRefusedWithoutARequest() {
        scene.answers("/quiet", aResponse().withStatus(503).withHeader("Retry-After", "1800"));

        assertThat(status("GET", "/quiet", "")).isEqualTo(503);
        assertThatThrownBy(() -> status("GET", "/quiet", ""))
                .isInstanceOfSatisfying(
                        RateLimitedException.class,
                        refusal ->
                                assertThat(refusal.retryAfter().orElseThrow()).isGreaterThan(Duration.ofMinutes(25)));
        assertThat(scene.requests()).hasSize(1);
    }

    @Test
    void whenClientIsMadeByHand_thenTheFilterFindsItByUrlOrName() {
        scene.answers("/stock/1", 503);
        GuardedExchanges filter = scene.bean(GuardedExchanges.class);
        WebClient.Builder byHand = WebClient.builder().baseUrl(scene.server().baseUrl());

        statusOf(byHand.clone().filter(filter).build());
        assertThat(scene.requests()).hasSize(3);

        scene.answers("/elsewhere", 503);
        WebClient named = byHand.clone().filter(filter.named("inventory")).build();
        named.get()
                .uri("/elsewhere")
                .exchangeToMono(ClientResponse::toBodilessEntity)
                .block();
        assertThat(scene.requests()).hasSize(6);
    }

    @Test
    void whenClientHasTheFilterTwice_thenItCountsOnce() {
        scene.answers("/stock/1", 503);

        statusOf(scene.client()
                .mutate()
                .filter(scene.bean(GuardedExchanges.class))
                .build());

        assertThat(scene.requests()).hasSize(3);
    }

    @Test
    void whenNameIsUnknown_thenTheNearestIsShown() {
        assertThatThrownBy(() -> scene.bean(GuardedExchanges.class).named("inventry"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'inventory'");
    }

    private Mono<String> text(String path) {
        return scene.client().get().uri(path).retrieve().bodyToMono(String.class);
    }

    private static int status(String method, String path, String body) {
        WebClient.RequestBodySpec request =
                scene.client().method(HttpMethod.valueOf(method)).uri(path);
        return Objects.requireNonNull((body.isEmpty() ? request : request.bodyValue(body))
                .exchangeToMono(answer ->
                        answer.releaseBody().thenReturn(answer.statusCode().value()))
                .block());
    }

    private static HttpStatus statusOf(WebClient client) {
        return Objects.requireNonNull(client.get()
                .uri("/stock/1")
                .exchangeToMono(answer -> answer.releaseBody()
                        .thenReturn(new HttpStatus(answer.statusCode().value())))
                .block());
    }

    private record HttpStatus(int code) {}
}
