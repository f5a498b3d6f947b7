package io.steadfast.resilience4j.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.bulkhead.event.BulkheadEvent;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryRegistry;
import io.github.resilience4j.retry.event.RetryEvent;
import io.github.resilience4j.timelimiter.TimeLimiter;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import io.github.resilience4j.timelimiter.event.TimeLimiterEvent;
import io.steadfast.test.ManualTimer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What code that holds a retry, a bulkhead or a time limiter of the registries sees of the policies that methods go through. */
class RegistryFacadesTests {

    private final ApplicationContextRunner application = Stock.application();

    @Test
    void whenTheMethodIsRetried_thenTheRegistryShowsNumbersAndEvents() {
        application.run(context -> {
            Retry retry = context.getBean(RetryRegistry.class).retry("retry");
            List<RetryEvent.Type> seen = new ArrayList<>();
            retry.getEventPublisher().onEvent(event -> seen.add(event.getEventType()));
            Stock stock = context.getBean(Stock.class);
            stock.throughRetry();
            stock.fail(1);
            stock.throughRetry();
            stock.fail(3);
            failing(stock::throughRetry);
            Retry.Metrics metrics = retry.getMetrics();
            assertThat(metrics.getNumberOfSuccessfulCallsWithoutRetryAttempt()).isEqualTo(1);
            assertThat(metrics.getNumberOfSuccessfulCallsWithRetryAttempt()).isEqualTo(1);
            assertThat(metrics.getNumberOfFailedCallsWithRetryAttempt()).isEqualTo(1);
            assertThat(metrics.getNumberOfFailedCallsWithoutRetryAttempt()).isZero();
            assertThat(metrics.getNumberOfTotalCalls()).as("attempts").isEqualTo(6);
            assertThat(seen)
                    .containsExactly(
                            RetryEvent.Type.RETRY,
                            RetryEvent.Type.SUCCESS,
                            RetryEvent.Type.RETRY,
                            RetryEvent.Type.RETRY,
                            RetryEvent.Type.ERROR);
        });
    }

    @Test
    void whenAFailureIsNotToBeRetried_thenItCountsAsFailedWithoutRetry() {
        application
                .withPropertyValues(
                        "resilience.retry.instances.retry.ignore-exceptions=java.lang.IllegalStateException")
                .run(context -> {
                    Stock stock = context.getBean(Stock.class);
                    stock.fail(1);
                    failing(stock::throughRetry);
                    assertThat(context.getBean(RetryRegistry.class)
                                    .retry("retry")
                                    .getMetrics()
                                    .getNumberOfFailedCallsWithoutRetryAttempt())
                            .isEqualTo(1);
                });
    }

    @Test
    void whenCodeDecoratesAFunctionWithTheRetry_thenItIsRetriedByThePolicy() {
        application
                .withPropertyValues("resilience.retry.instances.retry.wait-duration=50ms")
                .run(context -> {
                    Retry retry = context.getBean(RetryRegistry.class).retry("retry");
                    Failing twice = new Failing(2);
                    assertThat(retry.executeSupplier(twice::get)).isEqualTo(3);
                    assertThat(context.getBean(ManualTimer.class).sleeps())
                            .containsExactly(Duration.ofMillis(50), Duration.ofMillis(100));
                    assertThat(retry.getMetrics().getNumberOfSuccessfulCallsWithRetryAttempt())
                            .isEqualTo(1);
                });
    }

    @Test
    void whenTheRetryGivesUp_thenCodeGetsTheFailure() {
        application.run(context -> {
            Retry retry = context.getBean(RetryRegistry.class).retry("retry");
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> retry.executeSupplier(new Failing(3)::get))
                    .withMessage("failure 3");
        });
    }

    @Test
    void whenTheMethodFillsTheBulkhead_thenCodeFindsItFull() {
        application.run(context -> {
            Bulkhead bulkhead = context.getBean(BulkheadRegistry.class).bulkhead("bulkhead");
            List<BulkheadEvent.Type> seen = new ArrayList<>();
            bulkhead.getEventPublisher().onEvent(event -> seen.add(event.getEventType()));
            Stock stock = context.getBean(Stock.class);
            CompletableFuture<Integer> inside = CompletableFuture.supplyAsync(() -> unchecked(stock::throughBulkhead));
            stock.awaitEntry();
            assertThat(bulkhead.getMetrics().getAvailableConcurrentCalls()).isZero();
            assertThatExceptionOfType(BulkheadFullException.class).isThrownBy(() -> bulkhead.executeSupplier(() -> 1));
            stock.letGo();
            assertThat(inside.get()).isEqualTo(7);
            assertThat(bulkhead.executeSupplier(() -> 2)).isEqualTo(2);
            assertThat(bulkhead.getMetrics().getAvailableConcurrentCalls()).isEqualTo(1);
            assertThat(seen)
                    .containsExactly(
                            BulkheadEvent.Type.CALL_PERMITTED,
                            BulkheadEvent.Type.CALL_REJECTED,
                            BulkheadEvent.Type.CALL_FINISHED,
                            BulkheadEvent.Type.CALL_PERMITTED,
                            BulkheadEvent.Type.CALL_FINISHED);
        });
    }

    @Test
    void whenCodeFillsTheBulkhead_thenTheMethodIsRefused() {
        application.run(context -> {
            context.getBean(BulkheadRegistry.class).bulkhead("bulkhead").acquirePermission();
            assertThatExceptionOfType(io.steadfast.core.BulkheadFullException.class)
                    .isThrownBy(context.getBean(Stock.class)::throughBulkhead);
        });
    }

    @Test
    void whenAttemptsEnd_thenTheTimeLimiterTellsHow() {
        application.run(context -> {
            TimeLimiter limiter = context.getBean(TimeLimiterRegistry.class).timeLimiter("limit");
            assertThat(limiter.getTimeLimiterConfig().getTimeoutDuration()).isEqualTo(Duration.ofSeconds(2));
            List<TimeLimiterEvent.Type> seen = new ArrayList<>();
            limiter.getEventPublisher().onEvent(event -> seen.add(event.getEventType()));
            Stock stock = context.getBean(Stock.class);
            stock.fail(1);
            stock.withinLimit();
            stock.fail(3);
            failing(stock::withinLimit);
            assertThat(seen)
                    .containsExactly(
                            TimeLimiterEvent.Type.ERROR,
                            TimeLimiterEvent.Type.SUCCESS,
                            TimeLimiterEvent.Type.ERROR,
                            TimeLimiterEvent.Type.ERROR,
                            TimeLimiterEvent.Type.ERROR);
        });
    }

    @Test
    void whenNoLimitIsConfigured_thenCodeGetsATimeLimiterWithTheirDefault() {
        application.run(context -> assertThat(context.getBean(TimeLimiterRegistry.class)
                        .timeLimiter("unknown")
                        .getTimeLimiterConfig()
                        .getTimeoutDuration())
                .isEqualTo(Duration.ofSeconds(1)));
    }

    private static void failing(Callable<?> call) {
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(call::call);
    }

    private static <T> T unchecked(Callable<T> call) {
        try {
            return call.call();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Fails so many times. */
    private static final class Failing {

        private final int times;

        private int calls;

        Failing(int times) {
            this.times = times;
        }

        int get() {
            if (++calls <= times) {
                throw new IllegalStateException("failure " + calls);
            }
            return calls;
        }
    }
}
