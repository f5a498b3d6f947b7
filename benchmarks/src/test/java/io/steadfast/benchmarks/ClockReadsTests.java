package io.steadfast.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.steadfast.bulkhead.BulkheadConfig;
import io.steadfast.bulkhead.BulkheadPolicy;
import io.steadfast.circuitbreaker.BreakerConfig;
import io.steadfast.circuitbreaker.BreakerConfigBuilder;
import io.steadfast.circuitbreaker.CircuitBreakerPolicy;
import io.steadfast.core.Pipeline;
import io.steadfast.core.Policy;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.ResilienceListener;
import io.steadfast.core.time.Ticker;
import io.steadfast.core.time.Timer;
import io.steadfast.fallback.FallbackPolicy;
import io.steadfast.ratelimiter.LimiterConfig;
import io.steadfast.ratelimiter.RateLimiterPolicy;
import io.steadfast.retry.RetryConfig;
import io.steadfast.retry.RetryPolicy;
import io.steadfast.timeout.TimeoutConfig;
import io.steadfast.timeout.TimeoutPolicy;
import org.junit.jupiter.api.Test;

/**
 * A reading of the clock is the dearest single thing that a call in health does: some 20 ns, as much as the proxy. How many there
 * are does not depend on the machine, so it is held here.
 */
class ClockReadsTests {

    private static final int CALLS = 100;

    private static final TimeoutConfig LIMITS = TimeoutConfig.builder()
            .limit(Duration.ofSeconds(1))
            .total(Duration.ofSeconds(5))
            .build();

    private final AtomicLong readings = new AtomicLong();

    private final Ticker counting = () -> {
        readings.incrementAndGet();
        return Ticker.system().nanos();
    };

    private final PolicyRuntime runtime = new PolicyRuntime(counting, Timer.system(), ResilienceListener.NONE);

    @Test
    void whenNoPolicyNeedsTheTime_thenNobodyReadsTheClock() throws Exception {
        assertThat(readingsOf(fallback(), retry(), breaker(byCount()), bulkhead()))
                .isLessThanOrEqualTo(0.07); // the retry's budget: one call in sixteen
    }

    @Test
    void whenOnePolicyNeedsTheTime_thenTheClockIsReadOnce() throws Exception {
        assertThat(readingsOf(limiter())).isEqualTo(1);
        assertThat(readingsOf(breaker(BreakerConfig.builder()))).isEqualTo(1);
        assertThat(readingsOf(TimeoutPolicy.attempt("stock", LIMITS))).isEqualTo(1);
        assertThat(readingsOf(TimeoutPolicy.total("stock", LIMITS), TimeoutPolicy.attempt("stock", LIMITS)))
                .isEqualTo(1);
    }

    @Test
    void whenSlowCallsCount_thenTheClockIsReadBeforeAndAfter() throws Exception {
        assertThat(readingsOf(breaker(byCount().slowCallDurationThreshold(Duration.ofSeconds(1)))))
                .isEqualTo(2);
    }

    @Test
    void whenEverythingGuardsACall_thenTheClockIsReadAtMostThreeTimes() throws Exception {
        assertThat(readingsOf(
                        fallback(),
                        TimeoutPolicy.total("stock", LIMITS),
                        retry(),
                        breaker(byCount().slowCallDurationThreshold(Duration.ofSeconds(1))),
                        limiter(),
                        TimeoutPolicy.attempt("stock", LIMITS),
                        bulkhead()))
                .isLessThanOrEqualTo(3);
    }

    private double readingsOf(Policy... policies) throws Exception {
        Pipeline.Builder builder = Pipeline.named("stock").runtime(runtime);
        for (Policy policy : policies) {
            builder.policy(policy);
        }
        Pipeline pipeline = builder.build();
        pipeline.call(() -> "warm");
        long before = readings.get();
        for (int call = 0; call < CALLS; call++) {
            pipeline.call(() -> "ok");
        }
        return (readings.get() - before) / (double) CALLS;
    }

    private static Policy fallback() {
        return FallbackPolicy.of("stock", (call, failure) -> Remote.UNKNOWN);
    }

    private Policy retry() {
        return new RetryPolicy(new PolicyId(RetryPolicy.KIND, "stock"), RetryConfig.defaults(), runtime);
    }

    private static BreakerConfigBuilder byCount() {
        return BreakerConfig.builder()
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(CALLS);
    }

    private Policy breaker(BreakerConfigBuilder config) {
        return new CircuitBreakerPolicy(new PolicyId(CircuitBreakerPolicy.KIND, "stock"), config.build(), runtime);
    }

    private Policy limiter() {
        LimiterConfig config =
                LimiterConfig.builder().limitForPeriod(100_000_000).build();
        return new RateLimiterPolicy(new PolicyId(RateLimiterPolicy.KIND, "stock"), config, runtime);
    }

    private Policy bulkhead() {
        return new BulkheadPolicy(new PolicyId(BulkheadPolicy.KIND, "stock"), BulkheadConfig.defaults(), runtime);
    }
}
