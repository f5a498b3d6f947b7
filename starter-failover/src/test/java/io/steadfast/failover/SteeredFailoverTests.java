package io.steadfast.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import io.steadfast.core.Steering;
import org.junit.jupiter.api.Test;

/** A pool in an operator's hands. */
class SteeredFailoverTests {

    @Test
    void whenReset_thenEveryInstanceIsRestored() {
        Bench bench = Bench.of("a", "b", "c");
        bench.pool.eject("a", Duration.ofMinutes(5));
        bench.pool.drain("b", Duration.ofMinutes(5));

        bench.policy.steer(Steering.RESET);

        assertThat(bench.pool.instances())
                .extracting(InstanceState::status)
                .containsOnly(InstanceState.Status.AVAILABLE);
    }
}
