package io.steadfast.benchmarks;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;

/**
 * What one JVM measured.
 *
 * @param benchmark side and method, for example {@code Steadfast.retry}
 * @param threads how many threads called at once
 * @param nanos CPU time of the calling threads per call, the median of the iterations
 * @param bytes allocated per call, likewise
 * @param share which part of the time the threads ran
 */
record Sample(String benchmark, int threads, double nanos, double bytes, double share) {

    static Sample of(RunResult run) {
        String method = run.getParams().getBenchmark();
        String side = method.substring(0, method.lastIndexOf('.'));
        Collection<IterationResult> iterations = run.getBenchmarkResults().stream()
                .map(BenchmarkResult::getIterationResults)
                .findFirst()
                .orElseThrow();
        return new Sample(
                method.substring(side.lastIndexOf('.') + 1),
                run.getParams().getThreads(),
                median(iterations, WorkerCpuProfiler.CPU),
                median(iterations, "gc.alloc.rate.norm"),
                median(iterations, WorkerCpuProfiler.SHARE));
    }

    static Sample parse(String line) {
        String[] parts = line.split(";", -1);
        return new Sample(
                parts[0],
                Integer.parseInt(parts[1]),
                Double.parseDouble(parts[2]),
                Double.parseDouble(parts[3]),
                Double.parseDouble(parts[4]));
    }

    String toLine() {
        return String.join(
                ";",
                benchmark,
                Integer.toString(threads),
                Double.toString(nanos),
                Double.toString(bytes),
                Double.toString(share));
    }

    private static double median(Collection<IterationResult> iterations, String figure) {
        return median(
                iterations,
                iteration -> iteration.getSecondaryResults().get(figure).getScore());
    }

    static <T> double median(Collection<T> all, ToDoubleFunction<T> figure) {
        List<Double> sorted = all.stream()
                .map(figure::applyAsDouble)
                .sorted(Comparator.naturalOrder())
                .toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
