package io.steadfast.resilience4j.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.common.CustomizerWithName;
import io.github.resilience4j.common.bulkhead.configuration.BulkheadConfigCustomizer;
import io.github.resilience4j.common.bulkhead.configuration.ThreadPoolBulkheadConfigCustomizer;
import io.github.resilience4j.common.circuitbreaker.configuration.CircuitBreakerConfigCustomizer;
import io.github.resilience4j.common.ratelimiter.configuration.RateLimiterConfigCustomizer;
import io.github.resilience4j.common.retry.configuration.RetryConfigCustomizer;
import io.github.resilience4j.common.timelimiter.configuration.TimeLimiterConfigCustomizer;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import io.steadfast.core.RateLimitedException;
import io.steadfast.test.ManualTimer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class CustomizersTests {

    @Test
    void whenABreakerIsCustomized_thenWhatItSaysWinsAndAllElseStays() {
        with(
                        CircuitBreakerConfigCustomizer.class,
                        () -> CircuitBreakerConfigCustomizer.of("breaker", builder -> builder.failureRateThreshold(80)))
                .run(context -> {
                    CircuitBreakerConfig config = breaker(context.getBean(CircuitBreakerRegistry.class))
                            .getCircuitBreakerConfig();
                    assertThat(config.getFailureRateThreshold()).isEqualTo(80);
                    assertThat(config.getSlidingWindowSize())
                            .as("from the properties")
                            .isEqualTo(4);
                    assertThat(config.getMinimumNumberOfCalls()).isEqualTo(2);
                });
    }

    @Test
    void whenABreakersPredicateIsCustomized_thenItDecidesWhatCounts() {
        with(
                        CircuitBreakerConfigCustomizer.class,
                        () -> CircuitBreakerConfigCustomizer.of(
                                "breaker", builder -> builder.ignoreException(IllegalStateException.class::isInstance)))
                .run(context -> {
                    Stock stock = context.getBean(Stock.class);
                    stock.fail(2);
                    assertThatIllegalStateException().isThrownBy(stock::throughBreaker);
                    assertThatIllegalStateException().isThrownBy(stock::throughBreaker);
                    assertThat(breaker(context.getBean(CircuitBreakerRegistry.class))
                                    .getMetrics()
                                    .getNumberOfFailedCalls())
                            .isZero();
                });
    }

    @Test
    void whenABreakersResultsAreCustomized_thenTheyCountAsFailures() {
        with(
                        CircuitBreakerConfigCustomizer.class,
                        () -> CircuitBreakerConfigCustomizer.of(
                                "breaker", builder -> builder.recordResult(result -> result.equals(7))))
                .run(context -> {
                    context.getBean(Stock.class).throughBreaker();
                    assertThat(breaker(context.getBean(CircuitBreakerRegistry.class))
                                    .getMetrics()
                                    .getNumberOfFailedCalls())
                            .isEqualTo(1);
                });
    }

    @Test
    void whenABreakersWaitIsCustomized_thenItIsAlwaysAsLong() {
        with(
                        CircuitBreakerConfigCustomizer.class,
                        () -> CircuitBreakerConfigCustomizer.of(
                                "breaker", builder -> builder.waitDurationInOpenState(Duration.ofSeconds(9))))
                .run(context -> {
                    Stock stock = context.getBean(Stock.class);
                    CircuitBreaker breaker = breaker(context.getBean(CircuitBreakerRegistry.class));
                    breaker.transitionToOpenState();
                    ManualTimer timer = context.getBean(ManualTimer.class);
                    timer.advance(Duration.ofMillis(8_999));
                    assertThatExceptionOfType(io.steadfast.core.CircuitOpenException.class)
                            .isThrownBy(stock::throughBreaker);
                    timer.advance(Duration.ofMillis(1));
                    assertThat(stock.throughBreaker()).isEqualTo(7);
                });
    }

    @Test
    void whenABreakersWaitWouldGrow_thenTheStartIsRefusedWithTheWayOut() {
        with(
                        CircuitBreakerConfigCustomizer.class,
                        () -> CircuitBreakerConfigCustomizer.of(
                                "breaker",
                                builder -> builder.waitIntervalFunctionInOpenState(
                                        IntervalFunction.ofExponentialBackoff(1000, 3))))
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("a wait in the open state that is not always the same")
                        .hasStackTraceContaining("max-wait-duration-in-open-state"));
    }

    @Test
    void whenALimiterIsCustomized_thenMethodsAreLimitedSo() {
        with(
                        RateLimiterConfigCustomizer.class,
                        () -> RateLimiterConfigCustomizer.of("limiter", builder -> builder.limitForPeriod(1)))
                .run(context -> {
                    Stock stock = context.getBean(Stock.class);
                    stock.throughLimiter();
                    assertThatExceptionOfType(RateLimitedException.class).isThrownBy(stock::throughLimiter);
                    assertThat(context.getBean(RateLimiterRegistry.class)
                                    .rateLimiter("limiter")
                                    .getRateLimiterConfig()
                                    .getLimitForPeriod())
                            .isEqualTo(1);
                });
    }

    @Test
    void whenALimiterIsToDrainOnResults_thenTheStartIsRefused() {
        with(
                        RateLimiterConfigCustomizer.class,
                        () -> RateLimiterConfigCustomizer.of(
                                "limiter", builder -> builder.drainPermissionsOnResult(result -> true)))
                .run(context ->
                        assertThat(context.getStartupFailure()).hasStackTraceContaining("drainPermissionsOnResult"));
    }

    @Test
    void whenARetryIsCustomized_thenAttemptsAndWaitsAreThoseItSays() {
        with(
                        RetryConfigCustomizer.class,
                        () -> RetryConfigCustomizer.of(
                                "retry",
                                builder -> builder.maxAttempts(4)
                                        .intervalFunction(attempt -> attempt == null ? 0L : attempt * 11L)))
                .run(context -> {
                    Stock stock = context.getBean(Stock.class);
                    stock.fail(3);
                    stock.throughRetry();
                    assertThat(context.getBean(ManualTimer.class).sleeps())
                            .containsExactly(Duration.ofMillis(11), Duration.ofMillis(22), Duration.ofMillis(33));
                });
    }

    @Test
    void whenARetrysPredicateIsCustomized_thenItDecidesWhatIsRetried() {
        with(
                        RetryConfigCustomizer.class,
                        () -> RetryConfigCustomizer.of(
                                "retry",
                                builder -> builder.retryOnException(failure -> failure instanceof IOException)))
                .run(context -> {
                    Stock stock = context.getBean(Stock.class);
                    stock.fail(1);
                    assertThatIllegalStateException().isThrownBy(stock::throughRetry);
                    Retry.Metrics metrics =
                            context.getBean(RetryRegistry.class).retry("retry").getMetrics();
                    assertThat(metrics.getNumberOfFailedCallsWithoutRetryAttempt())
                            .isEqualTo(1);
                });
    }

    @Test
    void whenARetrysResultsAreCustomized_thenTheyAreRetriedAndToldOf() {
        List<Object> seen = new ArrayList<>();
        with(RetryConfigCustomizer.class, () -> new RetryConfigCustomizer() {
                    @Override
                    @SuppressWarnings("unchecked") // the interface is raw
                    public void customize(io.github.resilience4j.retry.RetryConfig.Builder builder) {
                        builder.retryOnResult(result -> result.equals(7));
                        builder.consumeResultBeforeRetryAttempt((attempt, result) -> seen.add(result));
                    }

                    @Override
                    public String name() {
                        return "retry";
                    }
                })
                .run(context -> {
                    assertThat(context.getBean(Stock.class).throughRetry()).isEqualTo(7);
                    assertThat(seen).containsExactly(7, 7);
                    assertThat(context.getBean(RetryRegistry.class)
                                    .retry("retry")
                                    .getMetrics()
                                    .getNumberOfFailedCallsWithRetryAttempt())
                            .isEqualTo(1);
                });
    }

    @Test
    void whenABulkheadIsCustomized_thenItHasAsMuchRoomAsItSays() {
        with(
                        BulkheadConfigCustomizer.class,
                        () -> BulkheadConfigCustomizer.of("bulkhead", builder -> builder.maxConcurrentCalls(6)))
                .run(context -> assertThat(context.getBean(BulkheadRegistry.class)
                                .bulkhead("bulkhead")
                                .getMetrics()
                                .getMaxAllowedConcurrentCalls())
                        .isEqualTo(6));
    }

    @Test
    void whenATimeLimiterIsCustomized_thenTheLimitIsWhatItSays() {
        with(
                        TimeLimiterConfigCustomizer.class,
                        () -> TimeLimiterConfigCustomizer.of(
                                "limit", builder -> builder.timeoutDuration(Duration.ofMillis(700))))
                .run(context -> assertThat(context.getBean(TimeLimiterRegistry.class)
                                .timeLimiter("limit")
                                .getTimeLimiterConfig()
                                .getTimeoutDuration())
                        .isEqualTo(Duration.ofMillis(700)));
    }

    @Test
    void whenACustomizerIsForAnUnknownName_thenTheInstanceIsMadeAsTheApplicationStarts() {
        with(
                        CircuitBreakerConfigCustomizer.class,
                        () -> CircuitBreakerConfigCustomizer.of("spare", builder -> builder.slidingWindowSize(33)))
                .run(context -> assertThat(
                                context.getBean(CircuitBreakerRegistry.class).find("spare"))
                        .get()
                        .satisfies(breaker -> assertThat(
                                        breaker.getCircuitBreakerConfig().getSlidingWindowSize())
                                .isEqualTo(33)));
    }

    @Test
    void whenACustomizerIsForASharedConfiguration_thenTheStartIsRefused() {
        with(
                        CircuitBreakerConfigCustomizer.class,
                        () -> CircuitBreakerConfigCustomizer.of("strict", builder -> builder.slidingWindowSize(33)))
                .withPropertyValues("resilience4j.circuitbreaker.configs.strict.failure-rate-threshold=5")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("A customizer is for the shared configuration 'strict'"));
    }

    @Test
    void whenAPoolIsCustomized_thenItHasAsManyThreads() {
        with(
                        ThreadPoolBulkheadConfigCustomizer.class,
                        () -> ThreadPoolBulkheadConfigCustomizer.of("pool", builder -> builder.maxThreadPoolSize(9)))
                .withPropertyValues("resilience4j.thread-pool-bulkhead.instances.pool.core-thread-pool-size=2")
                .run(context -> assertThat(
                                context.getBean(io.github.resilience4j.bulkhead.ThreadPoolBulkheadRegistry.class)
                                        .bulkhead("pool")
                                        .getBulkheadConfig()
                                        .getMaxThreadPoolSize())
                        .isEqualTo(9));
    }

    private static CircuitBreaker breaker(CircuitBreakerRegistry registry) {
        return registry.circuitBreaker("breaker");
    }

    private static <C extends CustomizerWithName> ApplicationContextRunner with(Class<C> type, Supplier<C> customizer) {
        return Stock.application().withBean(type, customizer);
    }
}
