package io.steadfast.http.feign;

import static io.steadfast.http.feign.Scene.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import feign.Feign;
import feign.RequestLine;
import feign.Response;
import feign.Retryer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class HandBuiltFeignTests {

    private final Scene scene = new Scene();

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void whenAClientTakesTheCapability_thenItsRequestsAreGuarded() {
        scene.answers(status(503), status(200));
        scene.withoutWaiting().withPropertyValues(scene.stock()).run(context -> {
            Stock stock = Feign.builder()
                    .retryer(Retryer.NEVER_RETRY)
                    .addCapability(context.getBean(GuardedFeign.class))
                    .target(Stock.class, scene.url());

            assertThat(stock.left()).isEqualTo("status 200");
        });
    }

    @Test
    void whenTheClientIsNamed_thenItsRequestsAreGuardedWhereverTheyGo() {
        scene.answers(status(503), status(200));
        scene.withoutWaiting()
                .withPropertyValues(
                        "resilience.http.clients.stock.service-id=elsewhere",
                        "resilience.retry.instances.stock.max-attempts=2")
                .run(context -> {
                    Stock stock = Feign.builder()
                            .retryer(Retryer.NEVER_RETRY)
                            .addCapability(context.getBean(GuardedFeign.class).named("stock"))
                            .target(Stock.class, scene.url());

                    assertThat(stock.left()).isEqualTo("status 200");
                });
    }

    @Test
    void whenTheNameIsUnknown_thenItIsRefusedWithTheNearest() {
        scene.withoutWaiting()
                .withPropertyValues(scene.stock())
                .run(context -> assertThatThrownBy(
                                () -> context.getBean(GuardedFeign.class).named("stok"))
                        .hasMessage("No HTTP client is called 'stok'. Did you mean 'stock'?"));
    }

    @Test
    void whenTheCapabilityIsAddedTwice_thenItGuardsOnce() {
        scene.answers(status(503));
        scene.withoutWaiting().withPropertyValues(scene.stock()).run(context -> {
            GuardedFeign guard = context.getBean(GuardedFeign.class);
            Stock stock = Feign.builder()
                    .retryer(Retryer.NEVER_RETRY)
                    .addCapability(guard)
                    .addCapability(guard)
                    .target(Stock.class, scene.url());

            stock.raw().close();

            assertThat(scene.requests()).hasSize(3);
        });
    }

    @Test
    void whenAClientHasARetryerOfItsOwn_thenTheLogSaysSo(CapturedOutput output) {
        LoggingSystem.get(getClass().getClassLoader())
                .setLogLevel(GuardedFeign.class.getName(), LogLevel.WARN); // other tests quieten the JVM's log
        scene.withoutWaiting().withPropertyValues(scene.stock()).run(context -> {
            Feign.builder().addCapability(context.getBean(GuardedFeign.class)).target(Stock.class, scene.url());

            assertThat(output).contains("feign.Retryer$Default").contains("Retryer.NEVER_RETRY");
        });
    }

    @Test
    void whenABodyIsLongerThanWhatIsKept_thenAllOfItArrives() {
        String body = "x".repeat(100_000);
        scene.answers(status(200).withBody(body));
        scene.withoutWaiting()
                .withPropertyValues(scene.stock())
                .withPropertyValues("resilience.http.clients.stock.max-buffered-body=1KB")
                .run(context -> {
                    Stock stock = Feign.builder()
                            .retryer(Retryer.NEVER_RETRY)
                            .addCapability(context.getBean(GuardedFeign.class))
                            .target(Stock.class, scene.url());

                    assertThat(stock.left()).isEqualTo(body);
                });
    }

    interface Stock {

        @RequestLine("GET /stock")
        String left();

        @RequestLine("GET /stock")
        Response raw();
    }
}
