package io.steadfast.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.steadfast.core.Call;
import org.junit.jupiter.api.Test;

class HappyPathAllocationTests {

    private static long perCall(BreakerConfigBuilder config) {
        CircuitBreakerPolicy breaker = CircuitBreakerPolicy.of("stock", config.build());
        Call call = Call.of("stock");
        return Allocation.perRun(() -> breaker.acquire(call).succeeded(call, 0, "ok"));
    }

    @Test
    void whenCallsSucceedInAWindowByTime_thenNothingIsAllocated() {
        assertThat(perCall(BreakerConfig.builder())).isZero();
    }

    @Test
    void whenCallsSucceedInAWindowByCount_thenNothingIsAllocated() {
        assertThat(perCall(Bench.small())).isZero();
    }

    @Test
    void whenSomeCallsFail_thenNothingIsAllocatedEither() {
        CircuitBreakerPolicy breaker =
                CircuitBreakerPolicy.of("stock", BreakerConfig.builder().build());
        Call call = Call.of("stock");
        Exception failure = new IllegalStateException("down");
        assertThat(Allocation.perRun(() -> {
                    breaker.acquire(call).failed(call, 0, failure);
                    breaker.acquire(call).succeeded(call, 0, "ok");
                    breaker.acquire(call).succeeded(call, 0, "ok");
                }))
                .isZero();
    }

    @Test
    void whenABreakerIsDisabled_thenNothingIsAllocatedAtAll() {
        assertThat(perCall(BreakerConfig.builder().initialState(State.DISABLED)))
                .isZero();
    }
}
