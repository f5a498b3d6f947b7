package io.steadfast.bulkhead;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

import io.steadfast.bulkhead.SimulatedCallers.Span;
import org.jspecify.annotations.Nullable;

/** Plays the scenarios, and writes what happened as a page of the reference. */
final class AdaptiveBulkheadReport {

    static final int OVERLOAD_SECONDS = 300;

    static final int CHANGE_SECONDS = 120;

    static final int LOW_SECONDS = 600;

    static final int STILL_SECONDS = 30;

    private static final int WORKERS = 20;

    private static final Duration EACH = Duration.ofMillis(50);

    private static final String TABLE_OF_SPANS =
            "answered/s | of capacity | mean ms | p99 ms | refused/s | gave up/s | limit |\n"
                    + "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n";

    private final StringBuilder page = new StringBuilder();

    final Map<AdaptiveAlgorithm, Span> overload = new EnumMap<>(AdaptiveAlgorithm.class);

    final Map<AdaptiveAlgorithm, SimulatedCallers> change = new EnumMap<>(AdaptiveAlgorithm.class);

    final Map<AdaptiveAlgorithm, Span> low = new EnumMap<>(AdaptiveAlgorithm.class);

    final Map<AdaptiveAlgorithm, SimulatedCallers> standstill = new EnumMap<>(AdaptiveAlgorithm.class);

    final Span unlimited;

    AdaptiveBulkheadReport() {
        head();
        unlimited = overload();
        otherServers();
        change();
        low();
        standstill();
    }

    String page() {
        return page.toString();
    }

    private void head() {
        line("# Adaptive bulkhead: a simulation");
        line("");
        line(
                "What `adaptive.enabled: true` does to a server of fixed capacity, in virtual time and with random numbers that");
        line(
                "are the same on every machine. The bulkhead is the real one, with its defaults (begins at 25, between 5 and 200,");
        line(
                "windows of 1 s); server and callers are simulated. Written by `AdaptiveBulkheadReportTests`, which fails when");
        line("the figures change; to renew them:");
        line("");
        line("```");
        line(AdaptiveBulkheadReportTests.RENEW);
        line("```");
        line("");
        line("The server works on " + WORKERS + " calls at a time, " + EACH.toMillis()
                + " ms each on average (half of it the same");
        line(
                "for all, half of it random), so it can answer 400 a second; further calls wait in its queue, which has no end. It");
        line(
                "does not know whose caller has gone. Callers come at random and give up after 1 s. `of capacity` is what was");
        line("answered in time, of what the server could have answered; latency is that of answered calls.");
        line("");
    }

    private Span overload() {
        line("## Offered three times its capacity");
        line("");
        line("1200 calls a second for " + OVERLOAD_SECONDS + " s, all of them in the table.");
        line("");
        page.append("| bulkhead | ").append(TABLE_OF_SPANS);
        Span none = overload("none", WORKERS, EACH, null, 0);
        overload("fixed, 10", WORKERS, EACH, SimulatedWorld.fixed(10), 0);
        overload("fixed, 25", WORKERS, EACH, SimulatedWorld.fixed(25), 0);
        overload("fixed, 200", WORKERS, EACH, SimulatedWorld.fixed(200), 0);
        overload("fixed, 500", WORKERS, EACH, SimulatedWorld.fixed(500), 0);
        for (AdaptiveAlgorithm algorithm : AdaptiveAlgorithm.values()) {
            overload.put(algorithm, overload(name(algorithm), WORKERS, EACH, SimulatedWorld.adaptive(algorithm), 0));
        }
        line("");
        line(
                "Without a limit the server soon works for callers who have gone, and for nobody else. A fixed limit is as good as");
        line(
                "the guess that it is. The adaptive ones find theirs; the lowest limit in their row is that of the moments in");
        line("which they look for latency without a queue.");
        line("");
        return none;
    }

    private Span overload(
            String name, int workers, Duration each, @Nullable BulkheadConfigBuilder config, int fromSecond) {
        SimulatedWorld world = new SimulatedWorld(workers, each, config);
        world.callers.begin(3 * world.server.capacity());
        world.run(OVERLOAD_SECONDS);
        Span span = world.callers.between(fromSecond, OVERLOAD_SECONDS);
        row(name, span, world.server.capacity());
        return span;
    }

    private void otherServers() {
        line("The same with other servers. The limit begins at 25 each time; the table shows seconds 120 to 300.");
        line("");
        page.append("| server, algorithm | ").append(TABLE_OF_SPANS);
        for (int[] server : new int[][] {{1, 20}, {3, 5}, {10, 200}, {100, 200}}) {
            for (AdaptiveAlgorithm algorithm : AdaptiveAlgorithm.values()) {
                overload(
                        server[0] + " at a time, " + server[1] + " ms, " + name(algorithm),
                        server[0],
                        Duration.ofMillis(server[1]),
                        SimulatedWorld.adaptive(algorithm),
                        120);
            }
        }
        line("");
        line("With one worker the floor of 5 is above what the server can use, and its queue holds the difference.");
        line("");
    }

    private void change() {
        line("## Capacity halves, and doubles again");
        line("");
        line("1200 calls a second throughout. After " + CHANGE_SECONDS
                + " s the server works on 10 calls at a time, after further " + CHANGE_SECONDS + " s on 20 again.");
        line("");
        for (AdaptiveAlgorithm algorithm : AdaptiveAlgorithm.values()) {
            SimulatedWorld world = new SimulatedWorld(WORKERS, EACH, SimulatedWorld.adaptive(algorithm));
            world.callers.begin(3 * world.server.capacity());
            world.run(CHANGE_SECONDS);
            world.server.workers(WORKERS / 2);
            world.run(CHANGE_SECONDS);
            world.server.workers(WORKERS);
            world.run(CHANGE_SECONDS);
            change.put(algorithm, world.callers);
        }
        line("| seconds | capacity | gradient: of capacity | mean ms | limit | vegas: of capacity | mean ms | limit |");
        line("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        for (int from : new int[] {100, 115, 120, 125, 130, 135, 140, 180, 235, 240, 245, 250, 255, 260, 300, 355}) {
            boolean half = from >= CHANGE_SECONDS && from < 2 * CHANGE_SECONDS;
            page.append("| ").append(from).append("–").append(from + 5).append(half ? " | 200" : " | 400");
            for (AdaptiveAlgorithm algorithm : AdaptiveAlgorithm.values()) {
                Span span = change.get(algorithm).between(from, from + 5);
                page.append(format(
                        " | %.0f %% | %.0f | %s",
                        100 * span.answeredPerSecond() / (half ? 200 : 400), span.meanMillis(), limits(span)));
            }
            line(" |");
        }
        line("");
        line(
                "Seconds, which are windows, until for 3 s on average at least 90 % of the capacity is used and the mean latency is");
        line("at most two and a half times what it is without a queue:");
        line("");
        line("| | gradient | vegas |");
        line("| --- | ---: | ---: |");
        line(format("| after it halved | %d | %d |", recovery(CHANGE_SECONDS, 200)));
        line(format("| after it doubled | %d | %d |", recovery(2 * CHANGE_SECONDS, 400)));
        line("");
    }

    private Object[] recovery(int changedAt, double capacity) {
        return new Object[] {
            recovery(AdaptiveAlgorithm.GRADIENT, changedAt, capacity),
            recovery(AdaptiveAlgorithm.VEGAS, changedAt, capacity)
        };
    }

    /** Seconds from a change of the capacity until all is well. */
    int recovery(AdaptiveAlgorithm algorithm, int changedAt, double capacity) {
        for (int second = 0; second < CHANGE_SECONDS - 3; second++) {
            Span span = change.get(algorithm).between(changedAt + second, changedAt + second + 3);
            if (span.answeredPerSecond() >= 0.9 * capacity && span.meanMillis() <= 2.5 * EACH.toMillis()) {
                return second;
            }
        }
        return CHANGE_SECONDS;
    }

    private void low() {
        line("## Low load");
        line("");
        line("60 calls a second, a seventh of the capacity, for " + LOW_SECONDS
                + " s: on average 3 calls are in flight.");
        line("");
        page.append("| bulkhead | ").append(TABLE_OF_SPANS);
        for (AdaptiveAlgorithm algorithm : AdaptiveAlgorithm.values()) {
            SimulatedWorld world = new SimulatedWorld(WORKERS, EACH, SimulatedWorld.adaptive(algorithm));
            world.callers.begin(60);
            world.run(LOW_SECONDS);
            Span span = world.callers.between(0, LOW_SECONDS);
            row(name(algorithm), span, 400);
            low.put(algorithm, span);
        }
        line("");
        line("The limit moves in windows in which at least half of it was in flight, and in no others.");
        line("");
    }

    private void standstill() {
        line("## The server stands still");
        line("");
        line("240 calls a second. After 60 s the server stops for " + STILL_SECONDS
                + " s; all calls time out, which are drops.");
        line("Then it goes on, with the calls in its queue whose callers have gone.");
        line("");
        page.append("| seconds, algorithm | ").append(TABLE_OF_SPANS);
        for (AdaptiveAlgorithm algorithm : AdaptiveAlgorithm.values()) {
            SimulatedWorld world = new SimulatedWorld(WORKERS, EACH, SimulatedWorld.adaptive(algorithm));
            world.callers.begin(240);
            world.run(60);
            world.server.workers(0);
            world.run(STILL_SECONDS);
            world.server.workers(WORKERS);
            world.run(60);
            standstill.put(algorithm, world.callers);
            for (int[] span : new int[][] {{40, 60}, {62, 90}, {90, 95}, {95, 100}, {100, 120}, {130, 150}}) {
                row(span[0] + "–" + span[1] + ", " + name(algorithm), world.callers.between(span[0], span[1]), 400);
            }
        }
    }

    private void row(String name, Span span, double capacity) {
        line(format(
                "| %s | %.0f | %.1f %% | %.0f | %.0f | %.0f | %.0f | %s |",
                name,
                span.answeredPerSecond(),
                100 * span.answeredPerSecond() / capacity,
                span.meanMillis(),
                span.millisAt(0.99),
                span.refusedPerSecond(),
                span.gaveUpPerSecond(),
                limits(span)));
    }

    private static String limits(Span span) {
        if (span.highestLimit() == 0) {
            return "";
        }
        return span.lowestLimit() == span.highestLimit()
                ? String.valueOf(span.lowestLimit())
                : span.lowestLimit() + "–" + span.highestLimit();
    }

    private static String name(AdaptiveAlgorithm algorithm) {
        return algorithm.name().toLowerCase(Locale.ROOT);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    private void line(String text) {
        page.append(text).append('\n');
    }
}
