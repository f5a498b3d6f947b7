package io.steadfast.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadfast.core.Call;
import org.junit.jupiter.api.Test;

class HappyPathAllocationTests {

    /** One snapshot object of 40 bytes, until the JIT removes that too; and one instant a millisecond. */
    private static final long ENGINES_OWN = 48;

    @Test
    void whenCallsSucceed_thenNothingIsAllocatedBeyondTheEnginesSnapshot() {
        CircuitBreakerPolicy breaker = CircuitBreakerPolicy.of("stock", BreakerConfig.defaults());
        Call call = Call.of("stock");
        assertThat(Allocation.perRun(() -> breaker.acquire(call).succeeded(call, 0, "ok")))
                .isLessThanOrEqualTo(ENGINES_OWN);
    }

    @Test
    void whenABreakerIsDisabled_thenNothingIsAllocatedAtAll() {
        CircuitBreakerPolicy breaker = CircuitBreakerPolicy.of(
                "stock",
                BreakerConfig.builder()
                        .initialState(io.github.resilience4j.circuitbreaker.CircuitBreaker.State.DISABLED)
                        .build());
        Call call = Call.of("stock");
        assertThat(Allocation.perRun(() -> breaker.acquire(call).succeeded(call, 0, "ok")))
                .isZero();
    }
}
