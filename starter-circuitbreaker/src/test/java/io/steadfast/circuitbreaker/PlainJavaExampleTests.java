package io.steadfast.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;

import io.steadfast.core.CircuitOpenException;
import io.steadfast.core.Pipeline;
import org.junit.jupiter.api.Test;

/** The plain Java example of docs/guide/circuit-breaker.md. */
class PlainJavaExampleTests {

    private static int left(String id) throws IOException {
        if (id.isEmpty()) {
            throw new IOException("no such shelf");
        }
        return 7;
    }

    @Test
    void whenUsedAsInTheGuide_thenItWorks() throws Exception {
        CircuitBreakerPolicy breaker = CircuitBreakerPolicy.of(
                "stock",
                BreakerConfig.builder()
                        .failureRateThreshold(40)
                        .slowCallDurationThreshold(Duration.ofSeconds(2))
                        .ignoreExceptions(IllegalArgumentException.class)
                        .build());
        Pipeline stock = Pipeline.of("stock", breaker);

        int left = -1;
        try {
            left = stock.call(() -> left("A-17"));
        } catch (CircuitOpenException refused) {
            System.out.println("back in " + refused.retryAfter().orElse(Duration.ZERO));
        }

        assertThat(left).isEqualTo(7);
    }
}
