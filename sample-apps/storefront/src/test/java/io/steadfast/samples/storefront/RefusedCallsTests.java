package io.steadfast.samples.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import io.steadfast.core.CircuitOpenException;
import io.steadfast.core.RateLimitedException;
import org.junit.jupiter.api.Test;

class RefusedCallsTests {

    @Test
    void whenACallIsRefused_thenTheVisitorIsToldWhenToComeBack() {
        var answer =
                new RefusedCalls().refused(new CircuitOpenException("stock", "open", Duration.ofMillis(1500), false));

        assertThat(answer.getStatusCode().value()).isEqualTo(503);
        assertThat(answer.getHeaders().getFirst("Retry-After")).isEqualTo("2");
    }

    @Test
    void whenACustomerAsksTooOften_thenTheAnswerIs429() {
        var answer = new RefusedCalls().tooMany(new RateLimitedException("pages", Duration.ofMillis(600)));

        assertThat(answer.getStatusCode().value()).isEqualTo(429);
        assertThat(answer.getHeaders().getFirst("Retry-After")).isEqualTo("1");
    }
}
