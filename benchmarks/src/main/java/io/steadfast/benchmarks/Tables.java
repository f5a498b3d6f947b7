package io.steadfast.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes what was measured as Markdown. */
final class Tables {

    static final String SPRING_RETRY = "Framework.retry";

    static final List<String> BARE = List.of(
            "Engine.none",
            "Engine.retry",
            "Engine.breaker",
            "Engine.timedBreaker",
            "Engine.slowCallBreaker",
            "Engine.fallback",
            "Engine.two",
            "Engine.three",
            "Engine.rateLimiter",
            "Engine.bulkhead",
            "Engine.timeout",
            "Engine.timeouts",
            "Engine.all",
            "Resilience4jEngine.retry",
            "Resilience4jEngine.breaker",
            "Resilience4jEngine.two",
            "TimerBenchmarks.kept",
            "BusyTimerBenchmarks.kept",
            "TimerBenchmarks.keptReadsClock",
            "TimerBenchmarks.keptShort",
            "TimerBenchmarks.taken",
            "BusyTimerBenchmarks.taken",
            "TimerBenchmarks.executorTask",
            "BusyTimerBenchmarks.executorTask",
            "TimerBenchmarks.orTimeout",
            "TimerBenchmarks.resilience4jStage",
            "TimerBenchmarks.resilience4jFuture",
            "Machine.nothing",
            "Machine.clock",
            "Machine.atomicAdd");

    /** What is called in an application with a meter registry, and in one without. */
    static final List<String> METERED =
            List.of("Steadfast.three", "Steadfast.five", "Steadfast.six", "Resilience4j.three");

    private static final String MISSING = "–";

    private final Samples samples;

    Tables(Samples samples) {
        this.samples = samples;
    }

    String markdown() throws IOException {
        StringBuilder text = new StringBuilder();
        annotated(text);
        meters(text);
        engines(text);
        return text.toString();
    }

    private void annotated(StringBuilder text) throws IOException {
        text.append("| by annotation | floor, ns | Steadfast, ns | B | × floor | resilience4j, ns | B "
                + "| time, ours : theirs | bytes, ours : theirs | bar | met |\n");
        text.append("|---|---|---|---|---|---|---|---|---|---|---|\n");
        for (Row row : Row.ALL) {
            text.append(line(row));
        }
        Optional<Figure> floor = samples.figure("Floor.call", 1);
        Optional<Figure> spring = samples.figure(SPRING_RETRY, 1);
        Optional<Figure> ours = samples.figure("Steadfast.retry", 1);
        if (floor.isPresent() && spring.isPresent() && ours.isPresent()) {
            Figure retryable = spring.get();
            text.append(String.format(
                    Locale.ROOT,
                    "%nSpring's `@Retryable`: %s ns and %.0f B, %.1f × floor; our `@Retry` costs %s of its time and %s of its bytes. "
                            + "The floor itself: %.0f B.%n",
                    retryable.time(),
                    retryable.bytes() - floor.get().bytes(),
                    retryable.nanos() / floor.get().nanos(),
                    part(ours.get().nanos() / retryable.nanos()),
                    part(ours.get().bytes() / retryable.bytes()),
                    floor.get().bytes()));
        }
    }

    private String line(Row row) throws IOException {
        Optional<Figure> floor = samples.figure(row.floor(), row.threads());
        Optional<Figure> ours = samples.figure(row.ours(), row.threads());
        Optional<Figure> theirs = samples.figure(row.theirs(), row.threads());
        if (floor.isEmpty() || ours.isEmpty() || theirs.isEmpty()) {
            return "| " + row.title() + " | not measured |\n";
        }
        double time = ours.get().nanos() / theirs.get().nanos();
        double bytes = ours.get().bytes() / theirs.get().bytes();
        return "| "
                + String.join(
                        " | ",
                        row.title(),
                        Figure.digits(floor.get().nanos()),
                        ours.get().time(),
                        whole(ours.get().bytes() - floor.get().bytes()),
                        String.format(
                                Locale.ROOT,
                                "%.1f",
                                ours.get().nanos() / floor.get().nanos()),
                        theirs.get().time(),
                        whole(theirs.get().bytes() - floor.get().bytes()),
                        part(time),
                        part(bytes),
                        row.bar() == 0 ? MISSING : part(row.bar()),
                        row.bar() == 0 ? MISSING : verdict(row.bar(), time, bytes))
                + " |\n";
    }

    private void meters(StringBuilder text) throws IOException {
        text.append("\n| meters on against off | off, ns | on, ns | B more | on : off |\n|---|---|---|---|---|\n");
        for (String plain : METERED) {
            Optional<Figure> off = samples.figure(plain, 1);
            Optional<Figure> on = samples.figure("Metered" + plain, 1);
            text.append("| ").append(plain);
            if (off.isEmpty() || on.isEmpty()) {
                text.append(" | not measured |\n");
            } else {
                text.append(String.format(
                        Locale.ROOT,
                        " | %s | %s | %s | %.2f |%n",
                        off.get().time(),
                        on.get().time(),
                        whole(on.get().bytes() - off.get().bytes()),
                        on.get().nanos() / off.get().nanos()));
            }
        }
    }

    private void engines(StringBuilder text) throws IOException {
        text.append("\n| without Spring | ns | B |\n|---|---|---|\n");
        for (String engine : BARE) {
            Optional<Figure> figure = samples.figure(engine, 1);
            text.append("| ")
                    .append(engine)
                    .append(figure.map(found -> " | " + found.time() + " | " + whole(found.bytes()) + " |\n")
                            .orElse(" | not measured |\n"));
        }
    }

    private static String verdict(double bar, double time, double bytes) {
        if (time <= bar && bytes <= bar) {
            return "yes";
        }
        return "no: " + (time > bar ? bytes > bar ? "time, bytes" : "time" : "bytes");
    }

    private static String part(double ratio) {
        return "1/" + (ratio < 1 / 9.95 ? whole(1 / ratio) : String.format(Locale.ROOT, "%.1f", 1 / ratio));
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", Math.max(0, value));
    }
}
