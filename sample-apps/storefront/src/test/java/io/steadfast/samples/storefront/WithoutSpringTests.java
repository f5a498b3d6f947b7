package io.steadfast.samples.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import io.steadfast.circuitbreaker.BreakerConfig;
import io.steadfast.circuitbreaker.CircuitBreakerPolicy;
import io.steadfast.core.Pipeline;
import io.steadfast.fallback.FallbackPolicy;
import io.steadfast.retry.RetryConfig;
import io.steadfast.retry.RetryPolicy;
import io.steadfast.timeout.TimeoutConfig;
import io.steadfast.timeout.TimeoutPolicy;
import org.junit.jupiter.api.Test;

/** The same four policies in plain Java, as the README shows them. */
class WithoutSpringTests {

    private int asked;

    @Test
    void whenTheFirstAttemptFails_thenTheSecondAnswers() throws Exception {
        RetryPolicy retry = RetryPolicy.of("stock", RetryConfig.defaults());
        CircuitBreakerPolicy breaker = CircuitBreakerPolicy.of("stock", BreakerConfig.defaults());
        FallbackPolicy unknown = FallbackPolicy.of("stock", (call, failure) -> Stock.UNKNOWN);
        Duration patience = Duration.ofMillis(400);
        TimeoutConfig limit = TimeoutConfig.builder().limit(patience).build();
        TimeoutPolicy timeout = TimeoutPolicy.attempt("stock", limit);
        Pipeline pipeline = Pipeline.of("stock", unknown, retry, breaker, timeout);
        Stock stock = pipeline.call(() -> askForStock("42"));

        assertThat(stock).isEqualTo(new Stock(3, true));
        assertThat(asked).isEqualTo(2);
    }

    private Stock askForStock(String id) {
        asked++;
        if (asked == 1) {
            throw new IllegalStateException("no answer about " + id);
        }
        return new Stock(3, true);
    }
}
