package io.steadfast.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.steadfast.core.time.Ticker;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * CPU time of the calling threads per call. On a machine that others use too, the wall clock contains their share; this does
 * not. Also tells which part of the time the threads really ran: where two threads did not run at once, there was no
 * contention to measure.
 */
public final class WorkerCpuProfiler implements InternalProfiler {

    static final String CPU = "cpu.worker";

    static final String SHARE = "cpu.share";

    private static final String WORKERS = "-jmh-worker-";

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    private final Ticker ticker = Ticker.system();

    private Map<Long, Long> before = Map.of();

    private long startNanos;

    @Override
    public String getDescription() {
        return "CPU time of the calling threads per call";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        before = cpuNanosByThread();
        startNanos = ticker.nanos();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        double wallNanos = (double) (ticker.nanos() - startNanos) * benchmark.getThreads();
        long cpuNanos = 0;
        for (Map.Entry<Long, Long> thread : cpuNanosByThread().entrySet()) {
            cpuNanos += thread.getValue() - before.getOrDefault(thread.getKey(), 0L);
        }
        double calls = result.getMetadata().getAllOps();
        return List.of(
                new ScalarResult(CPU, cpuNanos / calls, "ns/op", AggregationPolicy.AVG),
                new ScalarResult(SHARE, cpuNanos / wallNanos, "of the time", AggregationPolicy.AVG));
    }

    private Map<Long, Long> cpuNanosByThread() {
        Map<Long, Long> cpuNanos = new HashMap<>();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().contains(WORKERS)) {
                cpuNanos.put(thread.getThreadId(), threads.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return cpuNanos;
    }
}
