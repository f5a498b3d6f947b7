package io.steadfast.http.reactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** Filters of the application's own, further in than ours. */
class WebClientFilterTests {

    @Test
    void whenAFilterTurnsAnAnswerIntoAnExceptionOfItsOwn_thenTheCallerGetsThatAndListsDecide() {
        try (WebClientScene scene = WebClientScene.of(
                WebClientScene.Plain.class,
                "resilience.http.clients.stock.base-url=${server.url}/stock",
                "resilience.retry.instances.stock.max-attempts=3",
                "resilience.retry.instances.stock.ignore-exceptions=" + NotThere.class.getName())) {
            WebClient client = scene.client()
                    .mutate()
                    .filter(ExchangeFilterFunction.ofResponseProcessor(answer -> Mono.error(
                            answer.statusCode().value() == 404 ? new NotThere() : new IllegalStateException("mine"))))
                    .build();

            scene.answers("/stock/1", 404);
            assertThatThrownBy(() -> get(client).block()).isInstanceOf(NotThere.class);
            assertThat(scene.requests()).hasSize(1);

            scene.reset();
            scene.answers("/stock/1", 503);
            assertThatThrownBy(() -> get(client).block())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("mine");
            assertThat(scene.requests()).hasSize(3);
        }
    }

    private static Mono<String> get(WebClient client) {
        return client.get().uri("/stock/1").retrieve().bodyToMono(String.class);
    }

    static final class NotThere extends RuntimeException {}
}
