package io.steadfast.resilience4j.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.common.retry.configuration.RetryConfigCustomizer;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryRegistry;
import io.steadfast.spring.ResilienceRefresher;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.MapPropertySource;

class RegistriesLiveChangeTests {

    private final Map<String, Object> live = new LinkedHashMap<>();

    private final ApplicationContextRunner application = Stock.application()
            .withInitializer(context ->
                    context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("live", live)));

    @Test
    void whenARetryChanges_thenWhatCodeHoldsGoesByItAndKeepsItsNumbers() {
        application.run(context -> {
            Retry retry = context.getBean(RetryRegistry.class).retry("retry");
            Stock stock = context.getBean(Stock.class);
            stock.throughRetry();
            change(context, "resilience.retry.instances.retry.max-attempts", 2);
            stock.fail(2);
            assertThatIllegalStateException().isThrownBy(stock::throughRetry);
            assertThat(retry.getRetryConfig().getMaxAttempts()).isEqualTo(2);
            assertThat(retry.getMetrics().getNumberOfSuccessfulCallsWithoutRetryAttempt())
                    .isEqualTo(1);
            assertThat(retry.getMetrics().getNumberOfFailedCallsWithRetryAttempt())
                    .isEqualTo(1);
        });
    }

    @Test
    void whenACustomizedRetryChanges_thenTheCustomizerStillWins() {
        application
                .withBean(
                        RetryConfigCustomizer.class,
                        () -> RetryConfigCustomizer.of("retry", builder -> builder.maxAttempts(4)))
                .run(context -> {
                    change(context, "resilience.retry.instances.retry.wait-duration", "7ms");
                    assertThat(context.getBean(RetryRegistry.class)
                                    .retry("retry")
                                    .getRetryConfig()
                                    .getMaxAttempts())
                            .isEqualTo(4);
                });
    }

    @Test
    void whenABulkheadChanges_thenWhatCodeHoldsHasTheNewRoom() {
        application.run(context -> {
            Bulkhead bulkhead = context.getBean(BulkheadRegistry.class).bulkhead("bulkhead");
            bulkhead.acquirePermission();
            change(context, "resilience.bulkhead.instances.bulkhead.max-concurrent-calls", 3);
            assertThat(bulkhead.getMetrics().getMaxAllowedConcurrentCalls()).isEqualTo(3);
            assertThat(bulkhead.getMetrics().getAvailableConcurrentCalls())
                    .as("one is inside")
                    .isEqualTo(2);
            bulkhead.onComplete();
            assertThat(bulkhead.getMetrics().getAvailableConcurrentCalls()).isEqualTo(3);
        });
    }

    @Test
    void whenABreakerAndALimiterChange_thenTheRegistriesShowIt() {
        application.run(context -> {
            context.getBean(CircuitBreakerRegistry.class)
                    .circuitBreaker("breaker")
                    .transitionToForcedOpenState();
            change(context, "resilience.circuit-breaker.instances.breaker.failure-rate-threshold", 70);
            change(context, "resilience.rate-limiter.instances.limiter.limit-for-period", 9);
            var breaker = context.getBean(CircuitBreakerRegistry.class).circuitBreaker("breaker");
            assertThat(breaker.getCircuitBreakerConfig().getFailureRateThreshold())
                    .isEqualTo(70);
            assertThat(context.getBean(RateLimiterRegistry.class)
                            .rateLimiter("limiter")
                            .getRateLimiterConfig()
                            .getLimitForPeriod())
                    .isEqualTo(9);
        });
    }

    private void change(ApplicationContext context, String key, Object value) {
        live.put(key, value);
        assertThat(context.getBean(ResilienceRefresher.class).refresh().problems())
                .isEmpty();
    }
}
