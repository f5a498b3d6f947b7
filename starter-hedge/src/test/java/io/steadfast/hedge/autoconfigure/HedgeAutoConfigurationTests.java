package io.steadfast.hedge.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.steadfast.core.time.Ticker;
import io.steadfast.core.time.Timer;
import io.steadfast.hedge.Hedge;
import io.steadfast.retry.autoconfigure.RetryAutoConfiguration;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.GuardedCall;
import io.steadfast.spring.PolicyProvider;
import io.steadfast.spring.ResilienceRefresher;
import io.steadfast.spring.Resilient;
import io.steadfast.spring.autoconfigure.ReactiveResilienceAutoConfiguration;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import io.steadfast.spring.autoconfigure.ResilienceMetricsAutoConfiguration;
import io.steadfast.test.ManualTimer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.MapPropertySource;
import reactor.core.publisher.Flux;

class HedgeAutoConfigurationTests {

    private final ManualTimer timer = new ManualTimer();

    private final ApplicationContextRunner alone =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(HedgeAutoConfiguration.class));

    private final ApplicationContextRunner application = alone.withConfiguration(AutoConfigurations.of(
                    ResilienceAutoConfiguration.class,
                    ReactiveResilienceAutoConfiguration.class,
                    ResilienceMetricsAutoConfiguration.class,
                    RetryAutoConfiguration.class))
            .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
            .withBean(Ticker.class, timer::ticker)
            .withBean(Timer.class, () -> timer)
            .withBean(Stock.class);

    @Test
    void whenTheStarterIsOnTheClassPath_thenBootFindsIt() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
                .contains(HedgeAutoConfiguration.class.getName());
    }

    @Test
    void whenImportedAlone_thenTheContextStartsWithTheProvider() {
        alone.run(context -> assertThat(context).hasNotFailed().hasSingleBean(PolicyProvider.class));
    }

    @Test
    void whenMicrometerAndReactorAreAbsent_thenTheContextStarts() {
        alone.withConfiguration(AutoConfigurations.of(ResilienceAutoConfiguration.class))
                .withBean(Plain.class)
                .withClassLoader(new FilteredClassLoader("io.micrometer", "reactor", "org.reactivestreams"))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(Plain.class).left()).isEqualTo(7);
                });
    }

    @Test
    void whenACallTakesLong_thenTheSecondOneAnswersAndIsCounted() {
        application.run(context -> {
            Stock stock = context.getBean(Stock.class);
            earn(stock);
            CompletableFuture<String> answer = stock.left();
            timer.advance(Duration.ofMillis(40));
            assertThat(stock.running()).hasSize(2);
            stock.running().get(1).complete("second");
            assertThat(answer).isCompletedWithValue("second");
            assertThat(stock.running().get(0)).isCancelled();
            assertThat(hedges(context, "won")).isEqualTo(1);
            assertThat(hedges(context, "lost")).isZero();
        });
    }

    private static void earn(Stock stock) {
        for (int i = 0; i < 64; i++) {
            stock.left();
            stock.running().get(0).complete("ok");
            stock.running().clear();
        }
    }

    private static double hedges(ApplicationContext context, String result) {
        return context.getBean(MeterRegistry.class)
                .get("resilience.hedges")
                .tags("name", "stock", "result", result)
                .counter()
                .count();
    }

    @Test
    void whenAFluxTakesLong_thenTheSecondOneAnswers() {
        application
                .withPropertyValues("resilience.hedge.instances.list.extra-load=1")
                .run(context -> {
                    Stock stock = context.getBean(Stock.class);
                    for (int i = 0; i < 20; i++) {
                        stock.list(0).blockLast();
                    }
                    List<String> got = new CopyOnWriteArrayList<>();
                    stock.list(1).subscribe(got::add);
                    assertThat(got).isEmpty();
                    timer.advance(Duration.ofMillis(40));
                    assertThat(got).containsExactly("a", "b");
                });
    }

    @Test
    void whenNothingIsConfigured_thenResilientDoesNotHedge() {
        application.run(context -> assertThat(policies(context, "standard")).doesNotContain("hedge"));
    }

    @Test
    void whenAHedgeIsConfiguredUnderTheName_thenResilientHedges() {
        application
                .withPropertyValues("resilience.hedge.instances.standard.extra-load=0.1")
                .run(context -> assertThat(policies(context, "standard")).containsExactly("hedge"));
    }

    private static List<String> policies(ApplicationContext context, String call) {
        GuardedCall found = context.getBean(CallCatalogue.class).find(call).orElseThrow();
        return found.pipeline().stream().map(policy -> policy.id().policy()).toList();
    }

    @Test
    void whenSettingsChangeWhileRunning_thenTheyHoldAndTheSamplesStay() {
        application.run(context -> {
            Stock stock = context.getBean(Stock.class);
            for (int i = 0; i < 100; i++) {
                stock.measured();
            }
            timer.advance(Duration.ofSeconds(3));
            stock.measured();
            assertThat(state(context)).containsEntry("samples", 100L);
            Map<String, Object> values = new HashMap<>(Map.of("resilience.hedge.instances.measured.extra-load", "0.2"));
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("change", values));
            context.getBean(ResilienceRefresher.class).refresh();
            assertThat(state(context)).containsEntry("samples", 100L).doesNotContainEntry("delay", "unknown");
        });
    }

    private static Map<String, Object> state(ApplicationContext context) {
        return context.getBean(CallCatalogue.class)
                .find("measured")
                .orElseThrow()
                .pipeline()
                .get(0)
                .slot()
                .policy()
                .snapshot();
    }

    @Test
    void whenSettingsMakeNoSense_thenTheStartIsRefusedWithTheKeys() {
        application
                .withPropertyValues(
                        "resilience.hedge.instances.stock.extra-load=0",
                        "resilience.hedge.instances.stock.max-extra=11")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("extra-load")
                        .hasStackTraceContaining("must be above 0 and at most 1")
                        .hasStackTraceContaining("must be between 1 and 10"));
    }

    public static class Plain {

        @Hedge
        public int left() {
            return 7;
        }
    }

    static class Stock {

        private final List<CompletableFuture<String>> running = new CopyOnWriteArrayList<>();

        private int lists;

        public List<CompletableFuture<String>> running() {
            return running;
        }

        @Hedge(value = "stock", delay = "40ms")
        public CompletableFuture<String> left() {
            CompletableFuture<String> begun = new CompletableFuture<>();
            running.add(begun);
            return begun;
        }

        @Hedge(value = "list", delay = "40ms")
        public Flux<String> list(int slow) {
            return slow > 0 && lists++ == 0 ? Flux.never() : Flux.just("a", "b");
        }

        @Hedge("measured")
        public String measured() {
            return "ok";
        }

        @Resilient("standard")
        public String standard() {
            return "ok";
        }
    }
}
