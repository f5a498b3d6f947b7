package io.steadfast.benchmarks;

import java.util.concurrent.Callable;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.retry.Retry;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** resilience4j without Spring, decorated once. */
@State(Scope.Benchmark)
public class Resilience4jEngine {

    private final Remote remote = new Remote();

    private final Retry retry = Retry.ofDefaults("stock");

    private final CircuitBreaker breaker = CircuitBreaker.of(
            "stock",
            CircuitBreakerConfig.custom()
                    .slidingWindowType(SlidingWindowType.COUNT_BASED)
                    .slidingWindowSize(100)
                    .build());

    String id = "4711";

    Callable<String> body = () -> remote.ask(id);

    Callable<String> retryOnly = Retry.decorateCallable(retry, body);

    Callable<String> breakerOnly = CircuitBreaker.decorateCallable(breaker, body);

    Callable<String> retryAndBreaker = Retry.decorateCallable(retry, CircuitBreaker.decorateCallable(breaker, body));

    /** Retry alone. */
    @Benchmark
    public String retry() throws Exception {
        return retryOnly.call();
    }

    /** Breaker alone, window of 100 calls. */
    @Benchmark
    public String breaker() throws Exception {
        return breakerOnly.call();
    }

    /** Both. */
    @Benchmark
    public String two() throws Exception {
        return retryAndBreaker.call();
    }
}
