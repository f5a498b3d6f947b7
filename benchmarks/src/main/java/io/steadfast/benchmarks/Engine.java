package io.steadfast.benchmarks;

import java.time.Duration;
import java.util.concurrent.Callable;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.steadfast.circuitbreaker.BreakerConfig;
import io.steadfast.circuitbreaker.CircuitBreakerPolicy;
import io.steadfast.core.Pipeline;
import io.steadfast.core.Policy;
import io.steadfast.fallback.FallbackPolicy;
import io.steadfast.retry.RetryConfig;
import io.steadfast.retry.RetryPolicy;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Our pipelines without Spring: what each further policy adds. */
@State(Scope.Benchmark)
public class Engine {

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
