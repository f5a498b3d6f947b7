package io.steadfast.benchmarks;

import java.time.Duration;
import java.util.concurrent.Callable;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.steadfast.bulkhead.BulkheadConfig;
import io.steadfast.bulkhead.BulkheadPolicy;
import io.steadfast.circuitbreaker.BreakerConfig;
import io.steadfast.circuitbreaker.CircuitBreakerPolicy;
import io.steadfast.core.Pipeline;
import io.steadfast.core.Policy;
import io.steadfast.fallback.FallbackPolicy;
import io.steadfast.ratelimiter.LimiterConfig;
import io.steadfast.ratelimiter.RateLimiterPolicy;
import io.steadfast.retry.RetryConfig;
import io.steadfast.retry.RetryPolicy;
import io.steadfast.timeout.TimeoutConfig;
import io.steadfast.timeout.TimeoutPolicy;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Our pipelines without Spring: what each further policy adds. */
@State(Scope.Benchmark)
public class Engine {

    private static final TimeoutConfig LIMITS = TimeoutConfig.builder()
            .limit(Duration.ofSeconds(1))
            .total(Duration.ofSeconds(5))
            .build();

    private final Remote remote = new Remote();

    private final Policy retry = RetryPolicy.of("stock", RetryConfig.defaults());

    private final Policy breaker = CircuitBreakerPolicy.of(
            "stock",
            BreakerConfig.builder()
                    .slidingWindowType(SlidingWindowType.COUNT_BASED)
                    .slidingWindowSize(100)
                    .build());

    private final Policy slowCallBreaker = CircuitBreakerPolicy.of(
            "stock",
            BreakerConfig.builder()
                    .slidingWindowType(SlidingWindowType.COUNT_BASED)
                    .slidingWindowSize(100)
                    .slowCallDurationThreshold(Duration.ofSeconds(1))
                    .build());

    private final Policy timedBreaker = CircuitBreakerPolicy.of("stock", BreakerConfig.defaults());

    private final Policy limiter = RateLimiterPolicy.of(
            "stock", LimiterConfig.builder().limitForPeriod(100_000_000).build());

    private final Policy bulkhead = BulkheadPolicy.of("stock", BulkheadConfig.defaults());

    private final Policy limit = TimeoutPolicy.attempt("stock", LIMITS);

    private final Policy total = TimeoutPolicy.total("stock", LIMITS);

    private final Policy fallback = FallbackPolicy.of("stock", (call, failure) -> Remote.UNKNOWN);

    String id = "4711";

    Callable<String> body = () -> remote.ask(id);

    Pipeline empty = Pipeline.of("stock");

    Pipeline retryOnly = Pipeline.of("stock", retry);

    Pipeline breakerOnly = Pipeline.of("stock", breaker);

    Pipeline slowCallBreakerOnly = Pipeline.of("stock", slowCallBreaker);

    Pipeline timedBreakerOnly = Pipeline.of("stock", timedBreaker);

    Pipeline fallbackOnly = Pipeline.of("stock", fallback);

    Pipeline retryAndBreaker = Pipeline.of("stock", retry, breaker);

    Pipeline fallbackRetryAndBreaker = Pipeline.of("stock", fallback, retry, breaker);

    Pipeline limiterOnly = Pipeline.of("stock", limiter);

    Pipeline bulkheadOnly = Pipeline.of("stock", bulkhead);

    Pipeline limitOnly = Pipeline.of("stock", limit);

    Pipeline limits = Pipeline.of("stock", total, limit);

    Pipeline all = Pipeline.of("stock", fallback, total, retry, breaker, limiter, limit, bulkhead);

    /** A pipeline without policies. */
    @Benchmark
    public String none() throws Exception {
        return empty.call(body);
    }

    /** Retry alone. */
    @Benchmark
    public String retry() throws Exception {
        return retryOnly.call(body);
    }

    /** Breaker alone, window of 100 calls. */
    @Benchmark
    public String breaker() throws Exception {
        return breakerOnly.call(body);
    }

    /** The same, slow calls counted: two clock readings. */
    @Benchmark
    public String slowCallBreaker() throws Exception {
        return slowCallBreakerOnly.call(body);
    }

    /** Breaker alone, window of 10 seconds: one clock reading, by the window. */
    @Benchmark
    public String timedBreaker() throws Exception {
        return timedBreakerOnly.call(body);
    }

    /** A fallback that is not needed. */
    @Benchmark
    public String fallback() throws Exception {
        return fallbackOnly.call(body);
    }

    /** Rate limiter alone: one clock reading. */
    @Benchmark
    public String rateLimiter() throws Exception {
        return limiterOnly.call(body);
    }

    /** Bulkhead alone. */
    @Benchmark
    public String bulkhead() throws Exception {
        return bulkheadOnly.call(body);
    }

    /** A limit of an attempt: one clock reading. */
    @Benchmark
    public String timeout() throws Exception {
        return limitOnly.call(body);
    }

    /** A limit of an attempt within one in total: one clock reading. */
    @Benchmark
    public String timeouts() throws Exception {
        return limits.call(body);
    }

    /** Everything: fallback, limits, retry, breaker, rate limiter, bulkhead. */
    @Benchmark
    public String all() throws Exception {
        return all.call(body);
    }

    /** Two policies. */
    @Benchmark
    public String two() throws Exception {
        return retryAndBreaker.call(body);
    }

    /** Three policies. */
    @Benchmark
    public String three() throws Exception {
        return fallbackRetryAndBreaker.call(body);
    }
}
