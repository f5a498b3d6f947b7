package io.steadfast.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.steadfast.core.CircuitOpenException;
import io.steadfast.core.Steering;
import org.junit.jupiter.api.Test;

/** A breaker in an operator's hands. */
class SteeredBreakerTests {

    private final Bench bench = new Bench(Bench.small());

    @Test
    void whenForcedOpen_thenNothingPasses_howeverOftenItIsAsked() {
        bench.breaker.steer(Steering.FORCE_OPEN);
        bench.breaker.steer(Steering.FORCE_OPEN);

        assertThat(bench.breaker.state()).isEqualTo("FORCED_OPEN");
        assertThatThrownBy(bench::acquire).isInstanceOf(CircuitOpenException.class);
    }

    @Test
    void whenForcedClosed_thenItCountsAndNeverRefuses() {
        bench.breaker.steer(Steering.FORCE_CLOSED);
        for (int call = 0; call < 20; call++) {
            bench.fail();
        }

        assertThat(bench.breaker.snapshot()).containsEntry("failure-rate", 100f).containsEntry("state", "METRICS_ONLY");
    }

    @Test
    void whenForcedAndReplaced_thenItStaysForced() {
        bench.breaker.steer(Steering.FORCE_OPEN);

        CircuitBreakerPolicy next =
                bench.breaker.successor(Bench.small().failureRateThreshold(90).build());
        next.takeOver();

        assertThat(next.state()).isEqualTo("FORCED_OPEN");
    }

    @Test
    void whenReleased_thenItIsClosedAndHasCountedNothing() {
        bench.breaker.steer(Steering.FORCE_CLOSED);
        bench.fail();

        bench.breaker.steer(Steering.RELEASE);

        assertThat(bench.breaker.snapshot()).containsEntry("state", "CLOSED").containsEntry("failed-calls", 0);
    }

    @Test
    void whenNothingIsForced_thenReleaseDoesNothing() {
        for (int call = 0; call < 4; call++) {
            bench.fail();
        }
        assertThat(bench.breaker.state()).isEqualTo("OPEN");

        bench.breaker.steer(Steering.RELEASE);

        assertThat(bench.breaker.state()).isEqualTo("OPEN");
    }

    @Test
    void whenItBeganWithNothingButMetrics_thenItGoesBackToThat() {
        Bench metrics = new Bench(Bench.small().initialState(State.METRICS_ONLY));
        metrics.breaker.steer(Steering.FORCE_OPEN);

        metrics.breaker.steer(Steering.RELEASE);

        assertThat(metrics.breaker.state()).isEqualTo("METRICS_ONLY");
    }
}
