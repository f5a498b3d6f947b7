package io.steadfast.benchmarks;

import java.util.concurrent.atomic.AtomicLong;

import io.steadfast.core.time.Ticker;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What the machine itself charges: the clock policy rests on these. */
@State(Scope.Benchmark)
public class Machine {

    private final Ticker ticker = Ticker.system();

    private final AtomicLong counter = new AtomicLong();

    long value = 1;

    /** An empty benchmark. */
    @Benchmark
    public long nothing() {
        return value;
    }

    /** One reading of the clock. */
    @Benchmark
    public long clock() {
        return ticker.nanos();
    }

    /** One atomic update. */
    @Benchmark
    public long atomicAdd() {
        return counter.getAndAdd(value);
    }
}
