package io.steadfast.bulkhead.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.steadfast.bulkhead.Bulkhead;
import io.steadfast.core.BulkheadFullException;
import io.steadfast.spring.PolicyProvider;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import io.steadfast.spring.autoconfigure.ResilienceMetricsAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@ExtendWith(OutputCaptureExtension.class)
class BulkheadAutoConfigurationTests {

    private final ApplicationContextRunner alone =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(BulkheadAutoConfiguration.class));

    private final ApplicationContextRunner application = alone.withConfiguration(
                    AutoConfigurations.of(ResilienceAutoConfiguration.class))
            .withUserConfiguration(Application.class);

    @Test
    void whenTheStarterIsOnTheClassPath_thenBootFindsIt() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
                .contains(BulkheadAutoConfiguration.class.getName());
    }

    @Test
    void whenImportedAlone_thenTheContextStartsWithTheProvider() {
        alone.run(context -> assertThat(context).hasNotFailed().hasSingleBean(PolicyProvider.class));
    }

    @Test
    void whenMicrometerAndActuatorAreAbsent_thenTheContextStartsAndLimits() {
        application
                .withClassLoader(new FilteredClassLoader("io.micrometer", "org.springframework.boot.actuate"))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertRoomFor(2, context.getBean(Stock.class));
                });
    }

    @Test
    void whenAMethodIsAnnotated_thenNoMoreThanItsLimitAreIn() {
        application.run(context -> assertRoomFor(2, context.getBean(Stock.class)));
    }

    @Test
    void whenTheInstanceHasALimit_thenItWinsOverTheAnnotation() {
        application
                .withPropertyValues("resilience.bulkhead.instances.stock.max-concurrent-calls=3")
                .run(context -> assertRoomFor(3, context.getBean(Stock.class)));
    }

    private static void assertRoomFor(int calls, Stock stock) {
        for (int i = 0; i < calls; i++) {
            assertThat(stock.left()).isNotDone();
        }
        assertThat(stock.left()).isCompletedExceptionally();
        assertThatThrownBy(() -> stock.left().join()).hasCauseInstanceOf(BulkheadFullException.class);
        stock.answer();
        assertThat(stock.left()).isNotDone();
        stock.answer();
    }

    @Test
    void whenMethodsShareABulkheadAndDifferInPriority_thenTheLesserOneIsRefusedFirst() {
        application
                .withPropertyValues("resilience.bulkhead.instances.prices.max-concurrent-calls=10")
                .run(context -> {
                    Prices prices = context.getBean(Prices.class);
                    prices.pay();
                    prices.answer();
                    for (int i = 0; i < 9; i++) {
                        assertThat(prices.prefetch()).isNotDone();
                    }
                    assertThat(prices.prefetch()).isCompletedExceptionally();
                    assertThat(prices.pay()).isNotDone();
                    assertThat(prices.pay()).isCompletedExceptionally();
                });
    }

    @Test
    void whenAPriorityIsSetForTheName_thenItHoldsForAllItsMethods() {
        application
                .withPropertyValues(
                        "resilience.bulkhead.instances.prices.max-concurrent-calls=10",
                        "resilience.bulkhead.instances.prices.priority=normal")
                .run(context -> {
                    Prices prices = context.getBean(Prices.class);
                    prices.pay();
                    for (int i = 0; i < 9; i++) {
                        assertThat(prices.prefetch()).isNotDone();
                    }
                    assertThat(prices.pay()).isCompletedExceptionally();
                });
    }

    @Test
    void whenAPriorityIsMisspelled_thenTheStartIsRefusedWithTheChoices() {
        application
                .withPropertyValues("resilience.bulkhead.instances.prices.priority=urgent")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("priority")
                        .hasStackTraceContaining("urgent")
                        .hasStackTraceContaining("critical"));
    }

    @Test
    void whenSettingsContradictEachOther_thenTheStartIsRefusedWithTheKeysAndWhereTheyWereSet() {
        application
                .withPropertyValues(
                        "resilience.bulkhead.instances.stock.queue-capacity=10",
                        "resilience.bulkhead.defaults.adaptive.enabled=true",
                        "resilience.bulkhead.instances.prices.adaptive.min-limit=20",
                        "resilience.bulkhead.instances.prices.adaptive.max-limit=10")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("queue-capacity")
                        .hasStackTraceContaining("up to 10 calls may wait, but none of them for any time")
                        .hasStackTraceContaining("the floor of 20 is above the ceiling of 10"));
    }

    @Test
    void whenThereIsAMeterRegistry_thenCountsAndLimitAreGauges() {
        application
                .withConfiguration(AutoConfigurations.of(ResilienceMetricsAutoConfiguration.class))
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withPropertyValues("resilience.bulkhead.instances.stock.max-wait-duration=1m")
                .run(context -> {
                    Stock stock = context.getBean(Stock.class);
                    for (int i = 0; i < 3; i++) {
                        stock.left();
                    }
                    assertThat(gauge(context.getBean(MeterRegistry.class), "in-flight"))
                            .isEqualTo(2);
                    assertThat(gauge(context.getBean(MeterRegistry.class), "limit"))
                            .isEqualTo(2);
                    assertThat(gauge(context.getBean(MeterRegistry.class), "queued"))
                            .isEqualTo(1);
                });
    }

    private static double gauge(MeterRegistry registry, String figure) {
        return registry.get("resilience.bulkhead." + figure)
                .tag("name", "stock")
                .gauge()
                .value();
    }

    @Test
    void whenTheBulkheadIsSwitchedOff_thenThereIsNoLimit() {
        application
                .withPropertyValues("resilience.bulkhead.instances.stock.enabled=false")
                .run(context -> {
                    Stock stock = context.getBean(Stock.class);
                    for (int i = 0; i < 100; i++) {
                        assertThat(stock.left()).isNotDone();
                    }
                });
    }

    @Test
    void whenSettingsHaveNoEffect_thenTheLogSaysSo(CapturedOutput output) {
        application
                .withPropertyValues(
                        "resilience.bulkhead.instances.stock.queue-order=lifo",
                        "resilience.bulkhead.instances.prices.adaptive.algorithm=vegas")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(output)
                            .contains("queue-order has no effect, because no call waits")
                            .contains("adaptive.algorithm has no effect, because its limit is fixed");
                });
    }

    @Test
    void whenSettingsHaveNoEffectOnPurpose_thenTheLogIsSilent(CapturedOutput output) {
        application
                .withPropertyValues(
                        "resilience.bulkhead.defaults.queue-order=lifo",
                        "resilience.bulkhead.defaults.max-wait-duration=0",
                        "resilience.bulkhead.defaults.adaptive.window=500ms",
                        "resilience.bulkhead.defaults.adaptive.enabled=false")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(output).doesNotContain("has no effect");
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class Application {

        @Bean
        Stock stock() {
            return new Stock();
        }

        @Bean
        Prices prices() {
            return new Prices();
        }
    }

    /** Answers when it is told to. Public for the proxy, which a filtered class loader loads. */
    public static class Stock {

        private CompletableFuture<Integer> answer = new CompletableFuture<>();

        @Bulkhead(value = "stock", maxConcurrentCalls = 2)
        public CompletableFuture<Integer> left() {
            return answer.copy();
        }

        public void answer() {
            answer.complete(7);
            answer = new CompletableFuture<>();
        }
    }

    /** Two methods that share a bulkhead. */
    public static class Prices {

        private CompletableFuture<Integer> answer = new CompletableFuture<>();

        @Bulkhead(value = "prices", priority = "critical")
        public CompletableFuture<Integer> pay() {
            return answer.copy();
        }

        @Bulkhead(value = "prices", priority = "${shop.prefetch:sheddable}")
        public CompletableFuture<Integer> prefetch() {
            return answer.copy();
        }

        public void answer() {
            answer.complete(7);
            answer = new CompletableFuture<>();
        }
    }
}
