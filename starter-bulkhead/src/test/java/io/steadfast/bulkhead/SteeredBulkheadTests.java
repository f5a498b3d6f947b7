package io.steadfast.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.steadfast.core.Call;
import io.steadfast.core.Permit;
import io.steadfast.core.Steering;
import io.steadfast.test.ManualTicker;
import org.junit.jupiter.api.Test;

/** A bulkhead in an operator's hands. */
class SteeredBulkheadTests {

    private final ManualTicker ticker = new ManualTicker();

    private final Call call = Call.of("stock");

    @Test
    void whenReset_thenTheLimitIsTheFirstAgain_andNoPermitIsLost() {
        Calls calls = new Calls(
                BulkheadConfig.builder()
                        .adaptive(AdaptiveLimitConfig.of(AdaptiveAlgorithm.GRADIENT)
                                .withLimits(20, 5, 100)),
                ticker);
        for (int window = 0; window < 10; window++) {
            quickWindow(calls);
        }
        assertThat(calls.limit()).isGreaterThan(20);
        Permit out = calls.enter();

        calls.bulkhead.steer(Steering.RESET);

        assertThat(calls.limit()).isEqualTo(20);
        assertThat(calls.inFlight()).isOne();
        out.succeeded(call, 1_000_000, "ok");
        assertThat(calls.inFlight()).isZero();
        assertThat(calls.bulkhead.snapshot()).containsEntry("baseline-latency-ms", 0.0);
    }

    @Test
    void whenTheLimitIsFixed_thenThereIsNothingToSteer() {
        assertThat(new Calls(BulkheadConfig.builder(), ticker).bulkhead.steerings())
                .isEmpty();
    }

    private void quickWindow(Calls calls) {
        List<Permit> in = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            in.add(calls.enter());
        }
        ticker.advance(Duration.ofMillis(1100));
        in.forEach(permit -> permit.succeeded(call, Duration.ofMillis(50).toNanos(), "ok"));
    }
}
