package io.steadfast.resilience4j.annotations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.resilience4j.bulkhead.annotation.Bulkhead;
import io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker;
import io.github.resilience4j.micrometer.annotation.Timer;
import io.github.resilience4j.ratelimiter.annotation.RateLimiter;
import io.github.resilience4j.retry.annotation.Retry;
import io.github.resilience4j.timelimiter.annotation.TimeLimiter;
import io.steadfast.core.CallTimeoutException;
import io.steadfast.core.RateLimitedException;
import io.steadfast.test.ManualTimer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;

@ExtendWith(OutputCaptureExtension.class)
class AnnotationTranslationTests {

    @Test
    void whenAllAreThere_thenTheyGuardInTheirOrder() {
        Application.with(Everything.class)
                .run(context -> assertThat(Application.pipeline(context, "stock"))
                        .containsExactly(
                                "fallback 'Everything.stock'",
                                "retry 'stock'",
                                "circuit-breaker 'stock'",
                                "rate-limiter 'stock'",
                                "timeout 'stock'",
                                "bulkhead 'stock'"));
    }

    @Test
    void whenRetried_thenItIsAsOftenAndAsLateAsThere() {
        Application.with(Retried.class).run(context -> {
            Retried bean = context.getBean(Retried.class);

            assertThatThrownBy(bean::call).isInstanceOf(IOException.class);
            assertThat(bean.calls()).isEqualTo(3);
            assertThat(context.getBean(ManualTimer.class).sleeps())
                    .containsExactly(Duration.ofMillis(500), Duration.ofMillis(500));
        });
    }

    @Test
    void whenConfigured_thenTheInstanceHasItsSettings() {
        Application.with(Retried.class)
                .withPropertyValues("resilience4j.retry.instances.stock.maxAttempts=2")
                .run(context -> {
                    Retried bean = context.getBean(Retried.class);

                    assertThatThrownBy(bean::call).isInstanceOf(IOException.class);
                    assertThat(bean.calls()).isEqualTo(2);
                });
    }

    @Test
    void whenAConfigurationIsNamed_thenTheInstanceHasIt() {
        Application.with(WithConfiguration.class)
                .withPropertyValues("resilience4j.retry.configs.stubborn.max-attempts=9")
                .run(context -> assertThat(Application.value(context, "stock", "retry", "max-attempts"))
                        .isEqualTo(9));
    }

    @Test
    void whenAConfigurationIsNamedOnABeanBehindAnInterface_thenStartIsRefusedWithWhatToWrite() {
        Application.with(HiddenBean.class)
                .withPropertyValues("resilience4j.retry.configs.stubborn.max-attempts=9")
                .run(context -> assertThat(Application.problems(context))
                        .singleElement()
                        .asString()
                        .contains(
                                "The settings of 'stock' come from a config or a pool that only this annotation names",
                                "resilience4j.retry.instances.stock.base-config: stubborn"));
    }

    @Test
    void whenTheFallbackIsOverloaded_thenTheNearestExceptionDecides() {
        Application.with(Overloaded.class).run(context -> {
            Overloaded bean = context.getBean(Overloaded.class);

            assertThat(bean.call(new IllegalStateException("no"))).isEqualTo("state no");
            assertThat(bean.call(new IllegalArgumentException("no"))).isEqualTo("other no");
        });
    }

    @Test
    void whenNoFallbackFits_thenStartIsRefusedWithTheSignature() {
        Application.with(WithoutFallback.class)
                .run(context -> assertThat(Application.problems(context))
                        .singleElement()
                        .asString()
                        .contains(
                                "No method 'missing' of WithoutFallback can answer",
                                "String missing(String id, Throwable"));
    }

    @Test
    void whenTheFallbackOnAClassFitsSomeMethodsOnly_thenTheOthersHaveNone() {
        Application.with(OnClass.class).run(context -> {
            OnClass bean = context.getBean(OnClass.class);

            assertThat(bean.text()).isEqualTo("instead");
            assertThatThrownBy(bean::number).isInstanceOf(IllegalStateException.class);
        });
    }

    @Test
    void whenTheFallbackWaitsForTheirRefusalsOnly_thenStartIsRefused() {
        Application.with(WaitsForTheirs.class)
                .run(
                        context -> assertThat(Application.problems(context))
                                .singleElement()
                                .asString()
                                .contains(
                                        "waits for a CallNotPermittedException, which is io.steadfast.core.CircuitOpenException"));
    }

    @Test
    void whenTheFallbackHasTheMethodsName_thenStartIsRefused() {
        Application.with(SameName.class)
                .run(context -> assertThat(Application.problems(context))
                        .singleElement()
                        .asString()
                        .contains("The fallback has the name of the method it answers for"));
    }

    @Test
    void whenPermitsAreAsked_thenACallTakesSoMany() {
        Application.with(Permits.class)
                .withPropertyValues(
                        "resilience4j.ratelimiter.instances.stock.limit-for-period=4",
                        "resilience4j.ratelimiter.instances.stock.limit-refresh-period=1h",
                        "resilience4j.ratelimiter.instances.stock.timeout-duration=0")
                .run(context -> {
                    Permits bean = context.getBean(Permits.class);

                    assertThat(bean.call()).isEqualTo("in");
                    assertThatThrownBy(bean::call).isInstanceOf(RateLimitedException.class);
                });
    }

    @Test
    void whenATimeLimiterGuardsAStage_thenItIsOverAfterASecond() {
        Application.with(Limited.class).run(context -> {
            CompletableFuture<String> future = context.getBean(Limited.class).call();
            context.getBean(ManualTimer.class).advance(Duration.ofSeconds(1));

            assertThat(future).isCompletedExceptionally();
            assertThatThrownBy(future::join).hasCauseInstanceOf(CallTimeoutException.class);
        });
    }

    @Test
    void whenABulkheadIsAPool_thenItIsABulkheadWithItsQueue() {
        Application.with(Pooled.class)
                .withPropertyValues("resilience4j.thread-pool-bulkhead.instances.stock.max-thread-pool-size=3")
                .run(context -> {
                    assertThat(Application.pipeline(context, "stock-thread-pool"))
                            .containsExactly("bulkhead 'stock-thread-pool'");
                    assertThat(Application.value(context, "stock-thread-pool", "bulkhead", "max-concurrent-calls"))
                            .isEqualTo(3);
                    assertThat(Application.value(context, "stock-thread-pool", "bulkhead", "queue-capacity"))
                            .isEqualTo(100);
                });
    }

    @Test
    void whenThereIsOnlyATimer_thenNothingGuardsAndNothingIsRefused() {
        Application.with(Timed.class)
                .run(context -> assertThat(context.getBean(Timed.class).call()).isEqualTo("in"));
    }

    @Test
    void whenTheUserHasOurKeyToo_thenItWins() {
        Application.with(Retried.class)
                .withPropertyValues(
                        "resilience4j.retry.instances.stock.max-attempts=2",
                        "resilience.retry.instances.stock.max-attempts=5")
                .run(context -> assertThat(Application.value(context, "stock", "retry", "max-attempts"))
                        .isEqualTo(5));
    }

    @Test
    void whenAnAspectOrderIsSet_thenThePipelineFollows() {
        Application.with(Everything.class)
                .withPropertyValues(
                        "resilience4j.circuitbreaker.circuit-breaker-aspect-order=1",
                        "resilience4j.retry.retry-aspect-order=2")
                .run(context -> assertThat(Application.pipeline(context, "stock"))
                        .startsWith("fallback 'Everything.stock'", "circuit-breaker 'stock'", "retry 'stock'"));
    }

    @Test
    void whenSomethingIsUnderstoodDifferently_thenOneBlockSaysSoWithWhatRestoresIt(CapturedOutput output) {
        Application.with(Everything.class).run(context -> {
            assertThat(output)
                    .containsOnlyOnce("things of this application mean something else")
                    .containsOnlyOnce(CombinedAnnotations.REFUSALS_NOT_RETRIED.toString())
                    .containsOnlyOnce(CombinedAnnotations.REFUSALS_NOT_COUNTED.toString())
                    .containsOnlyOnce(CombinedAnnotations.EXCEPTIONS.toString())
                    .contains("@CircuitBreaker of resilience4j on Everything.stock(String)");
        });
    }

    @Test
    void whenTheFallbackStandsOnAnInnerAnnotation_thenTheOrderThatRestoresItIsTold(CapturedOutput output) {
        Application.with(InnerFallback.class)
                .run(
                        context -> assertThat(output)
                                .contains(
                                        "resilience.calls.<call>.order: timeout.total, retry, hedge, failover, fallback, circuit-breaker,"));
    }

    @Test
    void whenNothingIsUnderstoodDifferently_thenNothingIsSaid(CapturedOutput output) {
        Application.with(Retried.class).run(context -> assertThat(output).doesNotContain("mean something else"));
    }

    static class Everything {
        @Bulkhead(name = "stock")
        @TimeLimiter(name = "stock")
        @RateLimiter(name = "stock")
        @CircuitBreaker(name = "stock")
        @Retry(name = "stock", fallbackMethod = "none")
        public CompletableFuture<String> stock(String id) {
            return CompletableFuture.completedFuture(id);
        }

        private CompletableFuture<String> none(String id, Throwable failure) {
            return CompletableFuture.completedFuture("none");
        }
    }

    static class Retried {
        private int calls;

        public int calls() {
            return calls;
        }

        @Retry(name = "stock")
        public String call() throws IOException {
            calls++;
            throw new IOException("down");
        }
    }

    static class WithConfiguration {
        @Retry(name = "stock", configuration = "stubborn")
        public String call() {
            return "";
        }
    }

    interface Caller {
        String call();
    }

    static class HiddenBean {
        @Bean
        static Caller caller() {
            return new Caller() {
                @Override
                @Retry(name = "stock", configuration = "stubborn")
                public String call() {
                    return "";
                }
            };
        }
    }

    static class Overloaded {
        @CircuitBreaker(name = "stock", fallbackMethod = "instead")
        public String call(RuntimeException failure) {
            throw failure;
        }

        private String instead(RuntimeException argument, IllegalStateException failure) {
            return "state " + failure.getMessage();
        }

        private String instead(Exception failure) {
            return "other " + failure.getMessage();
        }
    }

    static class WithoutFallback {
        @Retry(name = "stock", fallbackMethod = "missing")
        public String call(String id) {
            return id;
        }
    }

    @CircuitBreaker(name = "stock", fallbackMethod = "instead")
    static class OnClass {
        public String text() {
            throw new IllegalStateException("down");
        }

        public int number() {
            throw new IllegalStateException("down");
        }

        public String instead(Throwable failure) {
            return "instead";
        }
    }

    static class WaitsForTheirs {
        @CircuitBreaker(name = "stock", fallbackMethod = "instead")
        public String call() {
            return "";
        }

        private String instead(io.github.resilience4j.circuitbreaker.CallNotPermittedException refusal) {
            return "";
        }
    }

    static class SameName {
        @CircuitBreaker(name = "stock", fallbackMethod = "call")
        public String call() {
            return "";
        }

        public String call(Throwable failure) {
            return "";
        }
    }

    static class Permits {
        @RateLimiter(name = "stock", permits = 3)
        public String call() {
            return "in";
        }
    }

    static class Limited {
        @TimeLimiter(name = "stock")
        public CompletableFuture<String> call() {
            return new CompletableFuture<>();
        }
    }

    static class Pooled {
        @Bulkhead(name = "stock", type = Bulkhead.Type.THREADPOOL)
        public CompletableFuture<String> call() {
            return CompletableFuture.completedFuture("in");
        }
    }

    static class Timed {
        @Timer(name = "stock")
        public String call() {
            return "in";
        }
    }

    static class InnerFallback {
        @Retry(name = "stock")
        @CircuitBreaker(name = "stock", fallbackMethod = "instead")
        public String call() {
            return "";
        }

        private String instead(Throwable failure) {
            return "";
        }
    }
}
