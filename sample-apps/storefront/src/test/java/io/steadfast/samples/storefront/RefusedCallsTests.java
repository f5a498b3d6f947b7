package io.steadfast.samples.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import io.steadfast.core.CircuitOpenException;
import org.junit.jupiter.api.Test;

class RefusedCallsTests {

    @Test
    void whenACallIsRefused_thenTheVisitorIsToldWhenToComeBack() {
        var answer =
                new RefusedCalls().refused(new CircuitOpenException("stock", "open", Duration.ofMillis(1500), false));

        assertThat(answer.getStatusCode().value()).isEqualTo(503);
        assertThat(answer.getHeaders().getFirst("Retry-After")).isEqualTo("2");
    }
}
