package io.steadfast.hedge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import io.steadfast.core.Call;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.ResilienceListener;
import io.steadfast.core.Steering;
import io.steadfast.test.ManualTimer;
import org.junit.jupiter.api.Test;

/** A hedge in an operator's hands. */
class SteeredHedgeTests {

    @Test
    void whenReset_thenItHasToMeasureAnew() {
        ManualTimer timer = new ManualTimer();
        HedgePolicy hedge = new HedgePolicy(
                new PolicyId(HedgePolicy.KIND, "stock"),
                HedgeConfig.builder().build(),
                new PolicyRuntime(timer.ticker(), timer, ResilienceListener.NONE));
        Call call = Call.of("stock");
        for (int i = 0; i < 200; i++) {
            hedge.ended(call, 1, 1_000_000, "ok", null);
        }
        timer.advance(Duration.ofSeconds(3));
        hedge.delayNanos(call, 1);
        assertThat(hedge.delay()).isPresent();

        hedge.steer(Steering.RESET);
        timer.advance(Duration.ofSeconds(3));
        hedge.delayNanos(call, 1);

        assertThat(hedge.delay()).isEmpty();
        assertThat(hedge.snapshot()).containsEntry("samples", 0L);
    }
}
