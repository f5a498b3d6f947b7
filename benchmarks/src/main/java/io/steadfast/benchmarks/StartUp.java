package io.steadfast.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What an application pays for guarded methods before the first call and at it: processor time to start, heap, and the first call of
 * each method. Each side starts in JVMs of its own, in turns, once without a guarded method and once with many; the floor is the same
 * beans with nobody's annotations and nobody's starter.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar io.steadfast.benchmarks.StartUp [rounds, default 5] [methods, default 500]
 * }</pre>
 */
public final class StartUp {

    private static final int DEFAULT_ROUNDS = 5;

    private static final int DEFAULT_METHODS = 500;

    private final int methods;

    private final Map<GuardedBeans.Side, Costs> empty = new EnumMap<>(GuardedBeans.Side.class);

    private final Map<GuardedBeans.Side, Costs> full = new EnumMap<>(GuardedBeans.Side.class);

    StartUp(int methods) {
        this.methods = methods;
    }

    /**
     * Measures and prints.
     *
     * @param arguments how many rounds, and how many methods
     * @throws IOException if the beans cannot be compiled or a JVM cannot be started
     * @throws InterruptedException if it is interrupted
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : DEFAULT_ROUNDS;
        int methods = arguments.length > 1 ? Integer.parseInt(arguments[1]) : DEFAULT_METHODS;
        StartUp startUp = new StartUp(methods);
        startUp.measure(rounds);
        System.out.println(startUp.markdown());
    }

    void measure(int rounds) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("start-up");
        for (GuardedBeans.Side side : GuardedBeans.Side.values()) {
            GuardedBeans.compile(side, 0, place(folder, side, 0));
            GuardedBeans.compile(side, methods, place(folder, side, methods));
        }
        for (int round = 1; round <= rounds; round++) {
            for (GuardedBeans.Side side : GuardedBeans.Side.values()) {
                System.err.printf("round %d of %d: %s%n", round, rounds, side);
                run(side, 0, folder).into(empty, side);
                run(side, methods, folder).into(full, side);
            }
        }
    }

    private static Path place(Path folder, GuardedBeans.Side side, int methods) {
        return folder.resolve(side + "-" + methods);
    }

    private static Run run(GuardedBeans.Side side, int methods, Path folder) throws IOException, InterruptedException {
        String classPath = System.getProperty("java.class.path") + File.pathSeparator + place(folder, side, methods);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        classPath,
                        StartUpSide.class.getName(),
                        side.name(),
                        String.valueOf(methods))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Run run = null;
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                run = line.startsWith(Run.MARK) ? Run.parse(line) : run;
            }
        }
        if (process.waitFor() != 0 || run == null) {
            throw new IllegalStateException(side + " with " + methods + " methods did not start");
        }
        return run;
    }

    String markdown() {
        Costs bare = full.get(GuardedBeans.Side.FLOOR);
        Costs none = empty.get(GuardedBeans.Side.FLOOR);
        StringBuilder table = new StringBuilder("| beyond the floor | nothing guarded, ms | " + methods
                + " methods, ms | heap a method, KiB | first call of a method, µs |\n|---|---|---|---|---|\n");
        for (GuardedBeans.Side side : GuardedBeans.Side.values()) {
            if (side != GuardedBeans.Side.FLOOR) {
                Costs with = full.get(side);
                table.append(String.format(
                        Locale.ROOT,
                        "| %s | %,.0f | %,.0f | %.1f | %,.0f |%n",
                        side.title(),
                        empty.get(side).cpuMillis() - none.cpuMillis(),
                        with.cpuMillis() - bare.cpuMillis(),
                        (with.heapKiB() - bare.heapKiB()) / methods,
                        with.firstCallMicros() - bare.firstCallMicros()));
            }
        }
        return table.append(String.format(
                        Locale.ROOT,
                        "%nThe floor: %,.0f ms without and %,.0f ms with its beans.",
                        none.cpuMillis(),
                        bare.cpuMillis()))
                .toString();
    }

    /** What one JVM told of itself. */
    record Run(double cpuMillis, double heapKiB, double firstCallMicros) {

        static final String MARK = "start-up:";

        static Run parse(String line) {
            double[] figures = Arrays.stream(
                            line.substring(MARK.length()).trim().split(" "))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            return new Run(figures[0], figures[1], figures[2]);
        }

        String line() {
            return MARK + " " + cpuMillis + " " + heapKiB + " " + firstCallMicros;
        }

        private void into(Map<GuardedBeans.Side, Costs> all, GuardedBeans.Side side) {
            all.computeIfAbsent(side, any -> new Costs(new ArrayList<>())).runs.add(this);
        }
    }

    /** The medians of several. */
    private record Costs(List<Run> runs) {

        double cpuMillis() {
            return median(runs.stream().mapToDouble(Run::cpuMillis).toArray());
        }

        double heapKiB() {
            return median(runs.stream().mapToDouble(Run::heapKiB).toArray());
        }

        double firstCallMicros() {
            return median(runs.stream().mapToDouble(Run::firstCallMicros).toArray());
        }

        private static double median(double[] figures) {
            Arrays.sort(figures);
            return figures[figures.length / 2];
        }
    }
}
