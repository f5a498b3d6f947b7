package io.steadfast.http.reactive;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

import com.github.tomakehurst.wiremock.http.Fault;
import io.steadfast.retry.Retry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.registry.HttpServiceGroup;
import org.springframework.web.service.registry.ImportHttpServices;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;

/** Methods with {@code @Retry} that call a server no client is configured for, and interfaces made into clients. */
class WebClientAnnotationTests {

    private static WebClientScene scene;

    @BeforeAll
    static void start() {
        scene = WebClientScene.of(
                Application.class,
                "spring.http.serviceclient.stock.base-url=${server.url}",
                "resilience.http.clients.inventory.base-url=${server.url}/stock",
                "resilience.retry.instances.inventory.max-attempts=3");
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
    @EnumSource(Style.class)
    void whenServerRecovers_thenTheMethodAnswers(Style style) {
        scene.answers("/free", 503, 408, 200);

        assertThat(style.call.apply(scene.bean(Stock.class))).isEqualTo("answer 3");
        assertThat(scene.requests())
                .extracting(request -> request.getHeader("Resilience-Attempt"))
                .containsExactly("1; max=3", "2; max=3", "3; max=3");
    }

    @ParameterizedTest
    @EnumSource(Style.class)
    void whenTheCallerIsWrong_thenTheMethodIsNotRepeated(Style style) {
        scene.answers("/free", 404);

        assertThatThrownBy(() -> style.call.apply(scene.bean(Stock.class)))
                .isInstanceOf(WebClientResponseException.NotFound.class);
        assertThat(scene.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"503,3", "429,3", "500,1", "404,1"})
    void whenTheMethodReturnsTheAnswerInstead_thenItsStatusCounts(int status, int requests) {
        scene.answers("/free", status);

        assertThat(scene.bean(Stock.class).entity().getStatusCode()).isEqualTo(HttpStatusCode.valueOf(status));
        assertThat(scene.requests()).hasSize(requests);
    }

    @Test
    void whenWhatTheMethodSendsIsNotSafeToRepeat_thenItIsNotRepeated() {
        scene.answers("/free", 503);

        assertThatThrownBy(() -> scene.bean(Stock.class).order().block())
                .isInstanceOf(WebClientResponseException.ServiceUnavailable.class);
        assertThat(scene.requests()).hasSize(1);
    }

    @Test
    void whenReactorHidesTheCallFromAFuture_thenWhatIsNotSafeIsNotRepeatedEither() {
        scene.answers("/free", 503, 200);
        Hooks.enableAutomaticContextPropagation(); // a future brings no context, and threads forget what it does not
        // bring
        try {
            assertThatThrownBy(() -> scene.bean(Stock.class).orderLater().join())
                    .hasRootCauseInstanceOf(WebClientResponseException.ServiceUnavailable.class);
        } finally {
            Hooks.disableAutomaticContextPropagation();
        }
        assertThat(scene.requests()).hasSize(1);
    }

    @Test
    void whenTheMethodsBodyIsAPublisher_thenItIsMadeAnewAndRepeated() {
        scene.answers("/free", 503, 200);

        scene.bean(Stock.class).put().block();

        assertThat(scene.requests())
                .extracting(request -> request.getBodyAsString())
                .containsExactly("seven", "seven");
    }

    @Test
    void whenTheBodyIsCutOff_thenTheMethodIsRepeated() {
        scene.answers(
                "/free",
                aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK),
                aResponse().withStatus(200).withBody("well"));

        assertThat(scene.bean(Stock.class).mono().block()).isEqualTo("well");
    }

    @Test
    void whenTheMethodGoesByTheNameOfTheClient_thenItsPoliciesAreAppliedOnce() {
        scene.answers("/stock/1", 503);

        assertThatThrownBy(() -> scene.bean(Stock.class).inventory().block())
                .isInstanceOf(WebClientResponseException.ServiceUnavailable.class);
        assertThat(scene.requests()).hasSize(3);
    }

    @Test
    void whenInterfaceIsMadeAClient_thenTheConfiguredClientGuardsIt() {
        scene.answers("/stock/1", 503, 503, 200);

        assertThat(scene.bean(StockApi.class).get().block()).isEqualTo("answer 3");
    }

    @Test
    void whenInterfaceIsMadeAClient_thenPostsAreNotRepeated() {
        scene.answers("/stock/1", 503);

        assertThatThrownBy(() -> scene.bean(StockApi.class).post("seven"))
                .isInstanceOf(WebClientResponseException.ServiceUnavailable.class);
        assertThat(scene.requests()).hasSize(1);
    }

    @Test
    void whenMethodOfAnInterfaceIsAnnotated_thenItIsRetried() {
        scene.answers("/free", 503, 503, 200);

        assertThat(scene.bean(StockApi.class).annotated()).isEqualTo("answer 3");
    }

    enum Style {
        BLOCK(Stock::blocking),
        FUTURE(stock -> joined(stock.future())),
        MONO(stock -> Objects.requireNonNull(stock.mono().block())),
        FLUX(stock -> String.join(
                "", Objects.requireNonNull(stock.flux().collectList().block())));

        final Function<Stock, String> call;

        Style(Function<Stock, String> call) {
            this.call = call;
        }

        private static String joined(CompletableFuture<String> future) {
            try {
                return future.join();
            } catch (CompletionException failed) {
                throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
            }
        }
    }

    static class Stock {

        private final WebClient client;

        Stock(WebClient.Builder builder, @Value("${server.url}") String url) {
            this.client = builder.baseUrl(url).build();
        }

        @Retry("blocking")
        String blocking() {
            return Objects.requireNonNull(get("/free").block());
        }

        @Retry("future")
        CompletableFuture<String> future() {
            return get("/free").toFuture();
        }

        @Retry("mono")
        Mono<String> mono() {
            return get("/free");
        }

        @Retry("flux")
        Flux<String> flux() {
            return client.get().uri("/free").retrieve().bodyToFlux(String.class);
        }

        @Retry("entity")
        ResponseEntity<Void> entity() {
            return Objects.requireNonNull(client.get()
                    .uri("/free")
                    .exchangeToMono(ClientResponse::toBodilessEntity)
                    .block());
        }

        @Retry("order")
        Mono<String> order() {
            return client.post().uri("/free").bodyValue("seven").retrieve().bodyToMono(String.class);
        }

        @Retry("later")
        CompletableFuture<String> orderLater() {
            return client.post()
                    .uri("/free")
                    .bodyValue("seven")
                    .retrieve()
                    .bodyToMono(String.class)
                    .toFuture();
        }

        @Retry("put")
        Mono<String> put() {
            return client.put()
                    .uri("/free")
                    .body(Flux.fromIterable(List.of("se", "ven")), String.class)
                    .retrieve()
                    .bodyToMono(String.class);
        }

        @Retry("inventory")
        Mono<String> inventory() {
            return get("/stock/1");
        }

        private Mono<String> get(String path) {
            return client.get().uri(path).retrieve().bodyToMono(String.class);
        }
    }

    interface StockApi {

        @GetExchange("/stock/1")
        Mono<String> get();

        @PostExchange("/stock/1")
        String post(@org.springframework.web.bind.annotation.RequestBody String body);

        @Retry("annotated")
        @GetExchange("/free")
        String annotated();
    }

    @Configuration(proxyBeanMethods = false)
    @Import(Stock.class)
    @ImportHttpServices(group = "stock", types = StockApi.class, clientType = HttpServiceGroup.ClientType.WEB_CLIENT)
    static class Application {}
}
