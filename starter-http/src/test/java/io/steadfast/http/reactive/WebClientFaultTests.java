package io.steadfast.http.reactive;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.steadfast.core.CallTimeoutException;
import io.steadfast.core.Deadline;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientException;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.LoopResources;

/** What networks and servers do to an answer, over real sockets. */
class WebClientFaultTests {

    private static final Duration LONG = Duration.ofSeconds(30);

    private static final String BIG = "0123456789abcdef".repeat(64 * 1024);

    private static WebClientScene scene;

    @BeforeAll
    static void start() {
        scene = WebClientScene.withInventory(
                "resilience.http.clients.inventory.max-buffered-body=100KB",
                "resilience.timeout.instances.inventory.limit=1500ms",
                "resilience.http.clients.refused.base-url=http://localhost:1",
                "resilience.retry.instances.refused.max-attempts=3",
                "resilience.http.clients.nowhere.base-url=http://nowhere.invalid",
                "resilience.retry.instances.nowhere.max-attempts=3",
                "resilience.http.clients.patient.base-url=${server.url}/patient",
                "resilience.retry.instances.patient.max-attempts=1");
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
    @EnumSource(Trouble.class)
    void whenAnswerIsInTrouble_thenTheNextAttemptIsTaken(Trouble trouble) {
        scene.answers("/stock/1", trouble.answer(), aResponse().withBody("well"));

        assertThat(text("/stock/1").block(LONG)).isEqualTo("well");
        assertThat(scene.requests()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = Trouble.class,
            names = {"SLOW_HEADERS", "SLOW_BODY"})
    void whenItStaysSlow_thenTheLimitSaysSo(Trouble trouble) {
        scene.answers("/stock/1", trouble.answer());

        assertThatThrownBy(() -> text("/stock/1").block(LONG)).isInstanceOf(CallTimeoutException.class);
        assertThat(scene.requests()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(
            value = Trouble.class,
            names = {"RESET", "EMPTY", "GARBAGE", "CUT_OFF"})
    void whenItStaysBroken_thenTheClientsOwnExceptionSaysSo(Trouble trouble) {
        scene.answers("/stock/1", trouble.answer());

        assertThatThrownBy(() -> text("/stock/1").block(LONG)).isInstanceOf(WebClientException.class);
        await().untilAsserted(() -> assertThat(scene.requests()).hasSize(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"refused", "nowhere"})
    void whenRequestNeverLeaves_thenItIsRepeatedWhateverItIs(String client) {
        String url = client.equals("refused") ? "http://localhost:1/orders" : "http://nowhere.invalid/orders";
        double before = scene.attempts(client);

        assertThatThrownBy(() -> scene.client()
                        .post()
                        .uri(url)
                        .bodyValue("seven")
                        .retrieve()
                        .toBodilessEntity()
                        .block(LONG))
                .isInstanceOf(WebClientException.class);
        assertThat(scene.attempts(client)).isEqualTo(before + 3);
    }

    @Test
    void whenUrlHasNoHost_thenTheClientSaysSoItself() {
        WebClient client =
                WebClient.builder().filter(scene.bean(GuardedExchanges.class)).build();

        assertThatThrownBy(() -> client.get()
                        .uri("nothing/to/go/by")
                        .retrieve()
                        .toBodilessEntity()
                        .block(LONG))
                .isInstanceOf(WebClientRequestException.class);
    }

    @Test
    void whenPostIsReset_thenItIsNotRepeated() {
        scene.answers("/stock/1", Trouble.RESET.answer());

        assertThatThrownBy(() -> scene.client()
                        .post()
                        .uri("/stock/1")
                        .bodyValue("seven")
                        .retrieve()
                        .toBodilessEntity()
                        .block(LONG))
                .isInstanceOf(WebClientException.class);
        assertThat(scene.requests()).hasSize(1);
    }

    @Test
    void whenBodyIsLongerThanIsReadAhead_thenItArrivesWhole() {
        scene.answers("/stock/1", aResponse().withBody(BIG));

        String body = scene.client()
                .mutate()
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(-1))
                .build()
                .get()
                .uri("/stock/1")
                .retrieve()
                .bodyToMono(String.class)
                .block(LONG);

        assertThat(body).isEqualTo(BIG);
    }

    @Test
    void whenLongBodyComesWithAFailure_thenTheConnectionIsGivenUpAndTheNextAttemptTaken() {
        scene.answers(
                "/stock/1",
                aResponse().withStatus(503).withBody(BIG),
                aResponse().withBody("well"));

        assertThat(text("/stock/1").block(LONG)).isEqualTo("well");
    }

    @Test
    void whenAnswerIsAStreamOfEvents_thenItIsNotWaitedFor() {
        scene.answers(
                "/stock/1",
                aResponse()
                        .withHeader("Content-Type", "text/event-stream")
                        .withBody("data:one\n\ndata:two\n\n" + ":\n\n".repeat(200))
                        .withChunkedDribbleDelay(100, 60_000));

        Flux<String> events = scene.client().get().uri("/stock/1").retrieve().bodyToFlux(String.class);

        assertThat(events.take(2).collectList().block(LONG)).isEqualTo(List.of("one", "two"));
    }

    @Test
    void whenTheDeadlineOfTheContextPasses_thenTheAttemptIsEnded() {
        scene.answers("/patient", Trouble.SLOW_HEADERS.answer());

        Mono<String> call = text("/patient")
                .contextWrite(context -> context.put(Deadline.CONTEXT_KEY, Deadline.in(Duration.ofMillis(200))));

        assertThatThrownBy(() -> call.block(LONG)).isInstanceOf(CallTimeoutException.class);
    }

    @Test
    void whenSubscriberGoesAway_thenTheCallIsCancelledAndCountsForNothing() {
        scene.answers("/patient", Trouble.SLOW_HEADERS.answer());
        double before = scene.attempts("patient");
        Disposable subscription = text("/patient").subscribe();
        await().until(() -> scene.attempts("patient") == before + 1);

        subscription.dispose();

        await().untilAsserted(
                        () -> assertThat(scene.calls("patient", "cancelled")).isEqualTo(1));
    }

    @Test
    void whenManyWaitOnOneEventLoop_thenNoneHoldsUpTheOthers() {
        scene.answers("/patient", aResponse().withBody("well").withFixedDelay(1_500));
        LoopResources one = LoopResources.create("one", 1, true);
        try {
            WebClient client = scene.bean(WebClient.Builder.class)
                    .baseUrl(scene.server().baseUrl())
                    .clientConnector(
                            new ReactorClientHttpConnector(HttpClient.create().runOn(one)))
                    .build();
            Mono<String> call = client.get().uri("/patient").retrieve().bodyToMono(String.class);

            // One after the other would take a minute.
            List<String> all =
                    Flux.range(0, 40).flatMap(i -> call, 40).collectList().block(LONG);

            assertThat(all).hasSize(40).containsOnly("well");
        } finally {
            one.disposeLater().block(LONG);
        }
    }

    @Test
    void whenRedirected_thenTheRedirectIsTheAnswer() {
        scene.answers("/stock/1", aResponse().withStatus(302).withHeader("Location", "/stock/2"));

        Integer status = following(false)
                .get()
                .uri("/stock/1")
                .exchangeToMono(answer ->
                        answer.releaseBody().thenReturn(answer.statusCode().value()))
                .block(LONG);

        assertThat(status).isEqualTo(302);
        assertThat(scene.requests()).hasSize(1);
    }

    @Test
    void whenRedirectsAreFollowed_thenWhatTheyLeadToIsTheAnswer() {
        scene.answers("/stock/1", aResponse().withStatus(302).withHeader("Location", "/stock/2"));
        scene.answers("/stock/2", 503, 200);
        String body = following(true)
                .get()
                .uri("/stock/1")
                .exchangeToMono(answer -> answer.bodyToMono(String.class))
                .block(LONG);

        assertThat(body).isEqualTo("answer 2");
    }

    private static WebClient following(boolean redirects) {
        return scene.bean(WebClient.Builder.class)
                .baseUrl(scene.server().baseUrl())
                .clientConnector(
                        new ReactorClientHttpConnector(HttpClient.create().followRedirect(redirects)))
                .build();
    }

    private static Mono<String> text(String path) {
        return scene.client().get().uri(path).retrieve().bodyToMono(String.class);
    }

    enum Trouble {
        SLOW_HEADERS(aResponse().withBody("late").withFixedDelay(10_000)),
        SLOW_BODY(aResponse().withBody("late ".repeat(20)).withChunkedDribbleDelay(10, 20_000)),
        RESET(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)),
        EMPTY(aResponse().withFault(Fault.EMPTY_RESPONSE)),
        GARBAGE(aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE)),
        CUT_OFF(aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK));

        private final ResponseDefinitionBuilder answer;

        Trouble(ResponseDefinitionBuilder answer) {
            this.answer = answer;
        }

        ResponseDefinitionBuilder answer() {
            return answer;
        }
    }
}
