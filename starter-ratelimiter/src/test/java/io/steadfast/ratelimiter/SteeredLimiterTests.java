package io.steadfast.ratelimiter;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadfast.core.Steering;
import org.junit.jupiter.api.Test;

/** A rate limiter in an operator's hands. */
class SteeredLimiterTests {

    @Test
    void whenReset_thenTheLimitIsFull_forEveryKeyToo() {
        Bench bench = new Bench(Bench.tenASecond());
        bench.acquire(10);
        for (int call = 0; call < 10; call++) {
            bench.acquire("alice");
        }
        assertThat(bench.isAdmitted(Bench.call(1, null))).isFalse();
        assertThat(bench.isAdmitted(Bench.call(1, "alice"))).isFalse();

        bench.limiter.steer(Steering.RESET);

        assertThat(bench.limiter.snapshot()).containsEntry("available", 10L);
        assertThat(bench.isAdmitted(Bench.call(10, null))).isTrue();
        assertThat(bench.isAdmitted(Bench.call(10, "alice"))).isTrue();
        assertThat(bench.isAdmitted(Bench.call(1, null))).isFalse();
    }
}
