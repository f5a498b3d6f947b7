package io.steadfast.benchmarks;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.steadfast.core.Instance;
import io.steadfast.failover.pick.Candidate;
import io.steadfast.failover.pick.Picker;
import io.steadfast.failover.pick.Pickers;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One pick of each picker, without a pool: what grows with the number of instances, and what does not. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class PickBenchmarks {

    private static final int KEYS = 1_024;

    private static final Picker.Choice KEYLESS = new Picker.Choice(candidate -> false, null, 0);

    /** The picker. */
    @Param({
        "roundRobin",
        "weightedRoundRobin",
        "leastConnections",
        "peakEwma",
        "ipHash",
        "consistentHash",
        "sticky",
        "zoneFirst"
    })
    public String picker = "peakEwma";

    /** How many instances there are. */
    @Param({"10", "100", "1000"})
    public int instances = 10;

    Picker.Selection selection;

    Picker.Choice[] choices;

    int next;

    /** Gives instances a weight, a zone and some load each. */
    @Setup
    public void prepare() {
        Random random = new Random(1);
        List<Candidate> candidates = IntStream.range(0, instances)
                .<Candidate>mapToObj(i -> new Idle(
                        new Instance(
                                "stock",
                                "i" + i,
                                URI.create("http://i" + i),
                                1 + i % 3,
                                i % 2 == 0 ? "a" : "b",
                                Map.of()),
                        4 + random.nextInt(3),
                        1 + random.nextDouble()))
                .toList();
        selection = named(Pickers.standard(), picker).among(new Picker.Offer(candidates), 0);
        choices = IntStream.range(0, KEYS)
                .mapToObj(i -> hasKey()
                        ? new Picker.Choice(candidate -> false, "10.0." + i / 256 + "." + i % 256, 0)
                        : KEYLESS)
                .toArray(Picker.Choice[]::new);
    }

    /** Picks. */
    @Benchmark
    public Candidate pick() {
        return selection.pick(choices[next++ & KEYS - 1]);
    }

    private boolean hasKey() {
        return picker.endsWith("Hash") || picker.equals("sticky");
    }

    private static Picker named(Pickers pickers, String name) {
        return switch (name) {
            case "roundRobin" -> pickers.roundRobin();
            case "weightedRoundRobin" -> pickers.weightedRoundRobin();
            case "leastConnections" -> pickers.leastConnections();
            case "peakEwma" -> pickers.peakEwma();
            case "ipHash" -> pickers.ipHash();
            case "consistentHash" -> pickers.consistentHash();
            case "sticky" -> pickers.sticky();
            case "zoneFirst" -> pickers.zoneFirst("a", pickers::peakEwma);
            default -> throw new IllegalArgumentException("No picker is called " + name);
        };
    }

    /** Says always the same: what a real one computes is not the picker's. */
    private record Idle(Instance instance, int inFlight, double latency) implements Candidate {

        @Override
        public double cost(long nowNanos) {
            return latency * (inFlight + 1);
        }

        @Override
        public double share(long nowNanos) {
            return 1;
        }

        @Override
        public boolean isAvailable() {
            return true;
        }
    }
}
