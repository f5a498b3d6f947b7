package io.steadfast.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures all sides in turns, one JVM a turn, and writes the table. Turns spread a neighbour's noise over everything.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar io.steadfast.benchmarks.Report [rounds, default 5] [pattern]
 * }</pre>
 *
 * <p>Samples add up in {@code target/benchmark-samples-<JDK>.csv}: many short runs make one table, and 0 rounds only print
 * it. The pattern is looked for in names like {@code Steadfast.retry}.
 */
public final class Report {

    private static final int DEFAULT_ROUNDS = 5;

    private static final Path SAMPLES =
            Path.of("target", "benchmark-samples-" + Runtime.version().feature() + ".csv");

    private Report() {}

    /**
     * Measures and prints.
     *
     * @param arguments rounds, and a pattern of the benchmarks to run
     * @throws IOException if the samples cannot be kept
     * @throws RunnerException if a benchmark fails
     */
    public static void main(String[] arguments) throws IOException, RunnerException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : DEFAULT_ROUNDS;
        Pattern wanted = Pattern.compile(arguments.length > 1 ? arguments[1] : "");
        Samples samples = new Samples(SAMPLES);
        for (int round = 0; round < rounds; round++) {
            for (Turn turn : turns()) {
                if (wanted.matcher(turn.benchmark()).find()) {
                    samples.add(Sample.of(measure(turn)));
                }
            }
        }
        System.out.println(new Tables(samples).markdown());
    }

    private static Set<Turn> turns() {
        Set<Turn> turns = new LinkedHashSet<>();
        for (Row row : Row.ALL) {
            turns.add(new Turn(row.floor(), row.threads()));
            turns.add(new Turn(row.ours(), row.threads()));
            turns.add(new Turn(row.theirs(), row.threads()));
        }
        turns.add(new Turn(Tables.SPRING_RETRY, 1));
        for (String plain : Tables.METERED) {
            turns.add(new Turn("Metered" + plain, 1));
        }
        for (String bare : Tables.BARE) {
            turns.add(new Turn(bare, 1));
        }
        return turns;
    }

    private static RunResult measure(Turn turn) throws RunnerException {
        Options options = new OptionsBuilder()
                .include("\\." + turn.benchmark().replace(".", "\\.") + "$")
                .threads(turn.threads())
                .forks(1)
                .jvmArgs("-Xms512m", "-Xmx512m")
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .warmupIterations(5)
                .warmupTime(TimeValue.milliseconds(700))
                .measurementIterations(5)
                .measurementTime(TimeValue.milliseconds(400))
                .addProfiler(GCProfiler.class)
                .addProfiler(WorkerCpuProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .build();
        return List.copyOf(new Runner(options).run()).get(0);
    }

    /** One JVM's work. */
    private record Turn(String benchmark, int threads) {}
}
