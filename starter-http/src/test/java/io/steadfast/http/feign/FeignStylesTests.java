package io.steadfast.http.feign;

import static io.steadfast.http.feign.Scene.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

import feign.Feign;
import feign.FeignException;
import feign.RequestLine;
import feign.Retryer;
import io.steadfast.retry.Retry;
import io.steadfast.spring.autoconfigure.ReactiveResilienceAutoConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Methods of every kind that use a Feign client inside. */
class FeignStylesTests {

    private final Scene scene = new Scene();

    private final ApplicationContextRunner application = scene.application(Shop.class)
            .withConfiguration(AutoConfigurations.of(ReactiveResilienceAutoConfiguration.class))
            .withPropertyValues("resilience.retry.defaults.wait-duration=1ms");

    @AfterEach
    void stop() {
        scene.close();
    }

    @ParameterizedTest
    @EnumSource
    void whenTheServerRecovers_thenTheMethodAnswers(Style style) {
        scene.answers(status(503), status(503), status(200));
        application.run(context ->
                assertThat(style.look.apply(context.getBean(Shop.class))).isEqualTo("status 200"));
        assertThat(scene.requests()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    void whenTheCallerIsWrong_thenTheMethodIsNotRepeated(Style style) {
        scene.answers(status(404));
        application.run(context -> assertThatThrownBy(() -> style.look.apply(context.getBean(Shop.class)))
                .isInstanceOf(FeignException.NotFound.class));
        assertThat(scene.requests()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void whenTheMethodPosts_thenItIsNotRepeated(Style style) {
        scene.answers(status(503));
        application.run(context -> assertThatThrownBy(() -> style.order.apply(context.getBean(Shop.class)))
                .isInstanceOf(FeignException.ServiceUnavailable.class));
        assertThat(scene.requests()).hasSize(1);
    }

    enum Style {
        PLAIN(Shop::look, Shop::order),
        STAGE(shop -> joined(shop.lookLater()), shop -> joined(shop.orderLater())),
        MONO(shop -> shop.lookOnDemand().block(), shop -> shop.orderOnDemand().block());

        private final Function<Shop, String> look;

        private final Function<Shop, String> order;

        Style(Function<Shop, String> look, Function<Shop, String> order) {
            this.look = look;
            this.order = order;
        }

        private static String joined(CompletableFuture<String> future) {
            try {
                return future.join();
            } catch (CompletionException failed) {
                throw (RuntimeException) failed.getCause();
            }
        }
    }

    interface Stock {

        @RequestLine("GET /stock")
        String left();

        @RequestLine("POST /orders")
        String order();
    }

    static class Shop {

        private final Stock stock;

        Shop(GuardedFeign guard, @Value("${server.url}") String url) {
            this.stock = Feign.builder()
                    .retryer(Retryer.NEVER_RETRY)
                    .addCapability(guard)
                    .target(Stock.class, url);
        }

        @Retry("look")
        public String look() {
            return stock.left();
        }

        @Retry("order")
        public String order() {
            return stock.order();
        }

        @Retry("look-later")
        public CompletableFuture<String> lookLater() {
            return CompletableFuture.supplyAsync(stock::left);
        }

        @Retry("order-later")
        public CompletableFuture<String> orderLater() {
            return CompletableFuture.supplyAsync(stock::order);
        }

        @Retry("look-on-demand")
        public Mono<String> lookOnDemand() {
            return Mono.fromCallable(stock::left).subscribeOn(Schedulers.boundedElastic());
        }

        @Retry("order-on-demand")
        public Mono<String> orderOnDemand() {
            return Mono.fromCallable(stock::order).subscribeOn(Schedulers.boundedElastic());
        }
    }
}
