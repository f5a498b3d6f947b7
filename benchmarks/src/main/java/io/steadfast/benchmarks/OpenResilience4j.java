package io.steadfast.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * resilience4j's starter with a breaker that is open. Apart from {@link Resilience4j}, because a JVM that has seen an open breaker compiles closed
 * ones differently.
 */
@State(Scope.Benchmark)
public class OpenResilience4j extends Resilience4j {

    GuardedMethod refused;

    GuardedMethod refusedWithFallback;

    @Override
    void prepare() {
        refused = stock::refused;
        refusedWithFallback = stock::refusedWithFallback;
        BreakerTrip.open(remote(), refused, id);
    }

    /** Refused by an open breaker; the caller gets the refusal. */
    @Benchmark
    public Throwable refused() {
        return refused.failure(id);
    }

    /** Refused by an open breaker; the fallback answers. */
    @Benchmark
    public String refusedWithFallback() {
        return stock.refusedWithFallback(id);
    }

    /** The same deep in a stack. */
    @Benchmark
    public String refusedWithFallbackUnderFrames() {
        return refusedWithFallback.callUnder(GuardedMethod.FRAMES_OF_A_REQUEST, id);
    }
}
