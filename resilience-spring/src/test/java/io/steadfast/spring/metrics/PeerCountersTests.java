package io.steadfast.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.steadfast.core.Outcome;
import io.steadfast.core.PolicySlot;
import io.steadfast.spring.GuardedCall;
import io.steadfast.spring.GuardedPolicy;
import io.steadfast.spring.toys.ToyRetryPolicy;
import org.junit.jupiter.api.Test;

class PeerCountersTests {

    private final MeterRegistry registry = new SimpleMeterRegistry();

    private final PeerCounters counters = PeerCounters.of(
            new GuardedCall(
                    "stock.left",
                    List.of(),
                    List.of(new GuardedPolicy(PolicySlot.of(new ToyRetryPolicy("stock", 3)), Map.of()))),
            registry);

    @Test
    void whenCallsEnd_thenEachIsOfOneKind() {
        counters.completed(Outcome.SUCCESS, 1);
        counters.completed(Outcome.SUCCESS, 2);
        counters.completed(Outcome.SUCCESS, 3);
        counters.completed(Outcome.FAILURE, 3);
        counters.completed(Outcome.FALLBACK, 1);
        counters.completed(Outcome.REFUSED, 0);

        assertThat(retries("successful_without_retry")).isEqualTo(1);
        assertThat(retries("successful_with_retry")).isEqualTo(2);
        assertThat(retries("failed_with_retry")).isEqualTo(1);
        assertThat(retries("failed_without_retry")).isEqualTo(2);
    }

    @Test
    void whenACallIsCancelledOrIgnored_thenItCountsForNothing() {
        counters.completed(Outcome.CANCELLED, 1);
        counters.completed(Outcome.IGNORED, 1);

        assertThat(registry.find("resilience4j.retry.calls").counters())
                .hasSize(4)
                .allSatisfy(counter -> assertThat(counter.count()).isZero());
    }

    private double retries(String kind) {
        return registry.get("resilience4j.retry.calls")
                .tags("name", "stock", "kind", kind)
                .counter()
                .count();
    }
}
