package io.steadfast.http.restclient;

import static io.steadfast.http.restclient.Backend.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import com.github.tomakehurst.wiremock.http.RequestMethod;
import io.steadfast.circuitbreaker.CircuitBreaker;
import io.steadfast.retry.Retry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.http.HttpMethod;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.RestClient;

/** Guarded methods that call guarded methods, and work on other threads: what was sent once is not sent again by those further out. */
class NestedCallsTests {

    private final Backend backend = new Backend();

    private final ApplicationContextRunner application = HttpScene.withoutWaiting()
            .withUserConfiguration(Till.class, Shop.class)
            .withPropertyValues("backend=" + backend.url());

    @AfterEach
    void stop() {
        backend.close();
    }

    @Test
    void whenAnInnerMethodHasPosted_thenTheOuterOneIsNotRepeatedForWhatComesAfter() {
        backend.answers(status(200), status(503));
        application.run(
                context -> assertThatThrownBy(() -> context.getBean(Shop.class).payAndLook())
                        .isInstanceOf(HttpServerErrorException.class));
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void whenAnInnerMethodHasPosted_thenTheOuterOneIsNotRepeatedForAFailureOfItsOwnEither() {
        backend.answers(200);
        application.run(
                context -> assertThatThrownBy(() -> context.getBean(Shop.class).payAndFail())
                        .isInstanceOf(IllegalStateException.class));
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void whenTheOuterMethodHasNotesAndTheInnerOneFails_thenItIsNotRepeated() {
        backend.answers(status(200), status(503));
        application.run(
                context -> assertThatThrownBy(() -> context.getBean(Shop.class).lookAndPay())
                        .isInstanceOf(HttpServerErrorException.class));
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void whenTheMethodHasNotesAndAPostFailsOnAnotherThread_thenItIsNotRepeated() {
        backend.answers(status(200), status(503));
        application.run(
                context -> assertThatThrownBy(() -> context.getBean(Shop.class).lookAndPayElsewhere())
                        .isInstanceOf(HttpServerErrorException.class));
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void whenTheServerSaysSomethingElseOfRetries_thenTheMarkStandsBesideIt() {
        backend.answers(status(503).withHeader("Resilience-Retry", "maybe"));
        application.run(
                context -> assertThatThrownBy(() -> context.getBean(Shop.class).payElsewhere())
                        .isInstanceOf(HttpServerErrorException.class));
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void whenAKeyIsBlankOrAMethodIsNotSpelledAsItShould_thenTheRequestIsNotSafe() {
        backend.answers(503);
        application.withPropertyValues(HttpScene.stock(backend.url())).run(context -> {
            RestClient client = context.getBean(RestClient.Builder.class).build();
            assertThatThrownBy(() -> client.post()
                            .uri(backend.url() + "/x")
                            .header("Idempotency-Key", "")
                            .retrieve()
                            .toBodilessEntity())
                    .isInstanceOf(HttpServerErrorException.class);
            assertThat(backend.requests()).hasSize(1);
            assertThatThrownBy(() -> client.method(HttpMethod.valueOf("put"))
                            .uri(backend.url() + "/x")
                            .retrieve()
                            .toBodilessEntity())
                    .isInstanceOf(HttpServerErrorException.class);
            assertThat(backend.requests()).hasSize(2);
        });
    }

    private long posts() {
        return backend.requests().stream()
                .filter(request -> request.getMethod().equals(RequestMethod.POST))
                .count();
    }

    static class Till {

        private final RestClient client;

        Till(RestClient.Builder builder, @Value("${backend}") String url) {
            this.client = builder.baseUrl(url).build();
        }

        @CircuitBreaker("till")
        public void pay() {
            client.post().uri("/pay").retrieve().toBodilessEntity();
        }
    }

    static class Shop {

        private final Till till;

        private final RestClient client;

        Shop(Till till, RestClient.Builder builder, @Value("${backend}") String url) {
            this.till = till;
            this.client = builder.baseUrl(url).build();
        }

        @Retry("shop")
        public void payAndLook() {
            till.pay();
            look();
        }

        @Retry("shop")
        public void payAndFail() {
            till.pay();
            throw new IllegalStateException("broken");
        }

        @Retry("shop")
        public void lookAndPay() {
            look();
            till.pay();
        }

        @Retry("shop")
        public void lookAndPayElsewhere() {
            look();
            payOnAnotherThread();
        }

        @Retry("shop")
        public void payElsewhere() {
            payOnAnotherThread();
        }

        private void payOnAnotherThread() {
            try {
                CompletableFuture.runAsync(
                                () -> client.post().uri("/pay").retrieve().toBodilessEntity())
                        .join();
            } catch (CompletionException failed) {
                throw (RuntimeException) failed.getCause();
            }
        }

        private void look() {
            client.get().uri("/look").retrieve().toBodilessEntity();
        }
    }
}
