package io.steadfast.resilience4j.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.annotation.Timer;
import io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedRateLimiterMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedRetryMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedTimeLimiterMetrics;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.steadfast.retry.Retry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import reactor.core.publisher.Mono;

class Resilience4jMetricsAutoConfigurationTests {

    private final ApplicationContextRunner application =
            Stock.application().withConfiguration(AutoConfigurations.of(Resilience4jMetricsAutoConfiguration.class));

    @Test
    void whenAllIsBound_thenNamesTypesAndTagsAreThoseOfResilience4j() {
        application.run(context -> assertThat(meters(bind(context))).isEqualTo(metersOfThePeer()));
    }

    @Test
    void whenTheMethodIsRetried_thenItsCallsAreCountedByKind() {
        application.run(context -> {
            MeterRegistry meters = bind(context);
            Stock stock = context.getBean(Stock.class);
            stock.throughRetry();
            stock.fail(1);
            stock.throughRetry();
            assertThat(retryCalls(meters, "successful_without_retry")).isEqualTo(1);
            assertThat(retryCalls(meters, "successful_with_retry")).isEqualTo(1);
            assertThat(retryCalls(meters, "failed_with_retry")).isZero();
        });
    }

    @Test
    void whenTheMethodTakesAPermit_thenTheGaugeShowsIt() {
        application.run(context -> {
            MeterRegistry meters = bind(context);
            context.getBean(Stock.class).throughLimiter();
            assertThat(meters.get("resilience4j.ratelimiter.available.permissions")
                            .tag("name", "limiter")
                            .gauge()
                            .value())
                    .isEqualTo(2);
        });
    }

    @Test
    void whenAttemptsEnd_thenTheTimeLimiterCountsThem() {
        application.run(context -> {
            MeterRegistry meters = bind(context);
            Stock stock = context.getBean(Stock.class);
            stock.fail(3);
            assertThatIllegalStateException().isThrownBy(stock::withinLimit);
            stock.withinLimit();
            assertThat(meters.get("resilience4j.timelimiter.calls")
                            .tags("name", "limit", "kind", "failed")
                            .counter()
                            .count())
                    .isEqualTo(3);
            assertThat(meters.get("resilience4j.timelimiter.calls")
                            .tags("name", "limit", "kind", "successful")
                            .counter()
                            .count())
                    .isEqualTo(1);
        });
    }

    @Test
    void whenTheBreakerIsCalled_thenEachCallIsMeteredOnce() {
        application.run(context -> {
            MeterRegistry meters = bind(context);
            context.getBean(Stock.class).throughBreaker();
            assertThat(meters.get("resilience4j.circuitbreaker.calls")
                            .tags("name", "breaker", "kind", "successful")
                            .timer()
                            .count())
                    .isEqualTo(1);
        });
    }

    @Test
    void whenAPropertySwitchesMetersOff_thenTheyAreNotThere() {
        application
                .withPropertyValues("resilience4j.retry.metrics.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(TaggedRetryMetrics.class));
    }

    @Test
    void whenMicrometerIsAbsent_thenTheContextStarts() {
        application
                .withClassLoader(new FilteredClassLoader("io.micrometer", "io.github.resilience4j.micrometer"))
                .run(context ->
                        assertThat(context).hasNotFailed().doesNotHaveBean(Resilience4jMetricsAutoConfiguration.class));
    }

    @Test
    void whenAMethodIsTimed_thenEachAttemptIsRecordedAsResilience4jDoes() {
        application
                .withBean(SimpleMeterRegistry.class)
                .withBean(Timed.class)
                .withPropertyValues("timer.name=named")
                .run(context -> {
                    Timed timed = context.getBean(Timed.class);
                    assertThat(timed.retried()).isEqualTo(2);
                    MeterRegistry meters = context.getBean(MeterRegistry.class);
                    assertThat(calls(meters, "named", "failed")).isEqualTo(1);
                    assertThat(calls(meters, "named", "successful")).isEqualTo(1);
                    assertThat(meters.get("resilience4j.timer.calls")
                                    .tag("failure", "IllegalStateException")
                                    .timer()
                                    .count())
                            .isEqualTo(1);
                });
    }

    @Test
    void whenATimedMethodAnswersLater_thenItIsTimedUntilItDoes() {
        application.withBean(SimpleMeterRegistry.class).withBean(Timed.class).run(context -> {
            Timed timed = context.getBean(Timed.class);
            MeterRegistry meters = context.getBean(MeterRegistry.class);
            CompletableFuture<String> stage = new CompletableFuture<>();
            CompletionStage<String> returned = timed.later(stage);
            assertThat(meters.find("resilience4j.timer.calls").timers()).isEmpty();
            stage.completeExceptionally(new IllegalArgumentException());
            assertThat(returned).isCompletedExceptionally();
            assertThat(calls(meters, "later", "failed")).isEqualTo(1);
            Mono<String> mono = timed.mono();
            assertThat(meters.find("resilience4j.timer.calls")
                            .tag("name", "mono")
                            .timers())
                    .isEmpty();
            assertThat(mono.block()).isEqualTo("done");
            assertThat(calls(meters, "mono", "successful")).isEqualTo(1);
        });
    }

    private static long calls(MeterRegistry meters, String name, String kind) {
        return meters.get("resilience4j.timer.calls")
                .tags("name", name, "kind", kind)
                .timer()
                .count();
    }

    /** Timed methods. */
    public static class Timed {

        private final AtomicInteger calls = new AtomicInteger();

        @Timer(name = "${timer.name:unnamed}")
        @Retry("retry")
        public int retried() {
            if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException();
            }
            return calls.get();
        }

        @Timer(name = "later")
        public CompletionStage<String> later(CompletableFuture<String> stage) {
            return stage;
        }

        @Timer(name = "#root.methodName")
        public Mono<String> mono() {
            return Mono.just("done");
        }
    }

    private static double retryCalls(MeterRegistry meters, String kind) {
        return meters.get("resilience4j.retry.calls")
                .tags("name", "retry", "kind", kind)
                .functionCounter()
                .count();
    }

    private static MeterRegistry bind(ApplicationContext context) {
        MeterRegistry meters = new SimpleMeterRegistry();
        context.getBeansOfType(MeterBinder.class).values().forEach(binder -> binder.bindTo(meters));
        return meters;
    }

    private static Set<String> metersOfThePeer() {
        CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
        breakers.circuitBreaker("breaker");
        RateLimiterRegistry limiters = RateLimiterRegistry.ofDefaults();
        limiters.rateLimiter("limiter");
        RetryRegistry retries = RetryRegistry.ofDefaults();
        retries.retry("retry");
        retries.retry("limit");
        BulkheadRegistry bulkheads = BulkheadRegistry.ofDefaults();
        bulkheads.bulkhead("bulkhead");
        TimeLimiterRegistry limits = TimeLimiterRegistry.ofDefaults();
        limits.timeLimiter("limit");
        MeterRegistry meters = new SimpleMeterRegistry();
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
        TaggedRateLimiterMetrics.ofRateLimiterRegistry(limiters).bindTo(meters);
        TaggedRetryMetrics.ofRetryRegistry(retries).bindTo(meters);
        TaggedBulkheadMetrics.ofBulkheadRegistry(bulkheads).bindTo(meters);
        TaggedTimeLimiterMetrics.ofTimeLimiterRegistry(limits).bindTo(meters);
        return meters(meters);
    }

    private static Set<String> meters(MeterRegistry registry) {
        return registry.getMeters().stream()
                .map(meter -> meter.getId().getType() + " " + meter.getId().getName() + " "
                        + meter.getId().getTags())
                .collect(Collectors.toSet());
    }
}
