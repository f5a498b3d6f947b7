package io.steadfast.ratelimiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import io.steadfast.core.Call;
import org.junit.jupiter.api.Test;

class HappyPathAllocationTests {

    private final RateLimiterPolicy wide = RateLimiterPolicy.of(
            "geocoder",
            LimiterConfig.builder()
                    .limitForPeriod(1_000_000)
                    .limitRefreshPeriod(Duration.ofMillis(10))
                    .build());

    @Test
    void whenCallsAreLetIn_thenNothingIsAllocated() {
        Call call = Call.of("geocoder");
        assertThat(Allocation.perRun(() -> wide.acquire(call).succeeded(call, 0, "ok")))
                .isZero();
    }

    @Test
    void whenCallsWithAKeyInUseAreLetIn_thenNothingIsAllocatedButByWhoeverWorksTheKeyOut() {
        Call call = Bench.call(3, "ann");
        assertThat(Allocation.perRun(() -> wide.acquire(call).succeeded(call, 0, "ok")))
                .isZero();
    }
}
