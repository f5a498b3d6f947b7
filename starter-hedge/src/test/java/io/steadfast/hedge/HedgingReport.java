package io.steadfast.hedge;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** Plays the scenarios, and writes what happened as a page of the reference. */
final class HedgingReport {

    private static final Duration WARM_UP = Duration.ofMinutes(1);

    private static final Duration LENGTH = Duration.ofMinutes(6);

    private static final double[] LOADS = {0.01, 0.02, 0.05};

    private static final double[] SLOW = {0.001, 0.01, 0.05};

    private final StringBuilder page = new StringBuilder();

    private final Map<Double, SimulatedCalls> without = new HashMap<>();

    /** With a hedge, by extra load and share of slow answers. */
    final Map<String, SimulatedCalls> with = new LinkedHashMap<>();

    final SimulatedCalls spell;

    HedgingReport() {
        head();
        table();
        spell = spell();
    }

    String page() {
        return page.toString();
    }

    SimulatedCalls without(double slow) {
        return without.computeIfAbsent(slow, share -> new SimulatedCalls(null, second -> share, WARM_UP, LENGTH).run());
    }

    SimulatedCalls with(double load, double slow) {
        return with.computeIfAbsent(percent(load) + percent(slow), key -> hedged(load, second -> slow, WARM_UP));
    }

    private static SimulatedCalls hedged(double load, DoubleUnaryOperator slow, Duration from) {
        return new SimulatedCalls(HedgeConfig.builder().extraLoad(load).build(), slow, from, LENGTH).run();
    }

    private void head() {
        line("# Hedging: a simulation");
        line("");
        line(
                "What `@Hedge` does to calls of which some answers are slow, in virtual time and with random numbers that are the");
        line(
                "same on every machine. Policy and driver are the real ones, with their defaults but for `extra-load`; calls and");
        line(
                "answers are simulated. Written by `HedgingReportTests`, which fails when the figures change; to renew them:");
        line("");
        line("```");
        line(HedgingReportTests.RENEW);
        line("```");
        line("");
        line(
                "200 calls a second arrive at random for 5 minutes, after one that is not counted. An answer takes 10 ms on");
        line("average, half of it the same for all, half of it random; a slow one takes " + SimulatedCalls.SLOWER
                + " times as long. Which answers are slow");
        line("is chance, for a second attempt as for a first. `more calls` are attempts beyond one per call.");
        line("");
    }

    private void table() {
        line("| slow answers | extra-load | p50 ms | p99 ms | p99.9 ms | p99.9 without | better by | more calls |");
        line("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        for (double slow : SLOW) {
            row(slow, "none", without(slow));
            for (double load : LOADS) {
                row(slow, percent(load), with(load, slow));
            }
        }
        line("");
        line(
                "Where more answers are slow than may be made twice, the budget decides, and the worst of them stay as they were.");
        line("");
    }

    private void row(double slow, String load, SimulatedCalls calls) {
        double before = without(slow).millisAt(0.999);
        line(String.format(
                Locale.ROOT,
                "| %s | %s | %.0f | %.0f | %.0f | %.0f | %.1f | %.2f %% |",
                percent(slow),
                load,
                calls.millisAt(0.5),
                calls.millisAt(0.99),
                calls.millisAt(0.999),
                before,
                before / calls.millisAt(0.999),
                100 * calls.more()));
    }

    private SimulatedCalls spell() {
        line("## All answers slow at once");
        line("");
        line(
                "From minute 3 to minute 4 every answer is slow, so that each call would be hedged if it could be paid for, and");
        line("no hedge would help. Counted from minute 2 to the end, which is minute 6.");
        line("");
        line("| extra-load | more calls |");
        line("| ---: | ---: |");
        SimulatedCalls last = null;
        for (double load : LOADS) {
            last = hedged(load, second -> second >= 180 && second < 240 ? 1 : 0.001, Duration.ofMinutes(2));
            line(String.format(Locale.ROOT, "| %s | %.2f %% |", percent(load), 100 * last.more()));
        }
        if (last == null) {
            throw new IllegalStateException("No scenario was played");
        }
        return last;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private void line(String text) {
        page.append(text).append('\n');
    }
}
