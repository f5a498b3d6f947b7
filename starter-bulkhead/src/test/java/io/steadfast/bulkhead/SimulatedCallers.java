package io.steadfast.bulkhead;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.steadfast.core.BulkheadFullException;
import io.steadfast.core.Call;
import io.steadfast.core.CallTimeoutException;
import io.steadfast.core.Permit;
import org.jspecify.annotations.Nullable;

/**
 * Callers who come by chance, at a given rate, and give up a second after they came. They treat the bulkhead as a driver would, and
 * notice for each second what became of them.
 */
final class SimulatedCallers {

    static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final long SECOND = 1_000_000_000L;

    private final SimulatedTime time;

    private final SimulatedChance chance;

    private final SimulatedServer server;

    private final @Nullable BulkheadPolicy bulkhead;

    private final Call call = Call.of("simulated");

    private final List<Second> seconds = new ArrayList<>();

    private double perSecond;

    SimulatedCallers(
            SimulatedTime time, SimulatedChance chance, SimulatedServer server, @Nullable BulkheadPolicy bulkhead) {
        this.time = time;
        this.chance = chance;
        this.server = server;
        this.bulkhead = bulkhead;
    }

    void begin(double rate) {
        perSecond = rate;
        comeLater();
        time.after(0, this::lookAtTheLimit);
    }

    /** From the next caller on. */
    void rate(double rate) {
        perSecond = rate;
    }

    /** What became of those who were answered, refused, or gave up in a span of seconds. */
    Span between(int from, int to) {
        return new Span(seconds.subList(from, Math.min(to, seconds.size())));
    }

    private void comeLater() {
        time.after(chance.exponential(SECOND / perSecond), () -> {
            comeLater();
            come();
        });
    }

    private void come() {
        Permit permit = null;
        if (bulkhead != null) {
            try {
                permit = bulkhead.acquire(call);
            } catch (BulkheadFullException refused) {
                second().refused++;
                return;
            }
        }
        OneCall begun = new OneCall(permit, time.nanos());
        server.call(begun::answered);
        time.after(PATIENCE.toNanos(), begun::gaveUp);
    }

    private void lookAtTheLimit() {
        second().limit = bulkhead == null ? 0 : (int) bulkhead.snapshot().get("limit");
        time.after(SECOND, this::lookAtTheLimit);
    }

    private Second second() {
        int index = (int) (time.nanos() / SECOND);
        while (seconds.size() <= index) {
            seconds.add(new Second());
        }
        return seconds.get(index);
    }

    private final class OneCall {

        private final @Nullable Permit permit;

        private final long began;

        private boolean over;

        OneCall(@Nullable Permit permit, long began) {
            this.permit = permit;
            this.began = began;
        }

        void answered() {
            if (over) {
                return;
            }
            over = true;
            long elapsed = time.nanos() - began;
            second().latencies.add(elapsed);
            if (permit != null) {
                permit.succeeded(call, elapsed, "ok");
            }
        }

        void gaveUp() {
            if (over) {
                return;
            }
            over = true;
            second().gaveUp++;
            if (permit != null) {
                permit.failed(call, time.nanos() - began, new CallTimeoutException("simulated", PATIENCE));
            }
        }
    }

    private static final class Second {

        private final List<Long> latencies = new ArrayList<>();

        private int refused;

        private int gaveUp;

        private int limit;
    }

    /** Some seconds in a row. */
    static final class Span {

        private final List<Second> seconds;

        private final List<Long> sorted = new ArrayList<>();

        Span(List<Second> seconds) {
            this.seconds = seconds;
            seconds.forEach(second -> sorted.addAll(second.latencies));
            Collections.sort(sorted);
        }

        double answeredPerSecond() {
            return (double) sorted.size() / seconds.size();
        }

        double refusedPerSecond() {
            return (double) seconds.stream().mapToInt(second -> second.refused).sum() / seconds.size();
        }

        double gaveUpPerSecond() {
            return (double) seconds.stream().mapToInt(second -> second.gaveUp).sum() / seconds.size();
        }

        double meanMillis() {
            return sorted.stream().mapToLong(Long::longValue).sum() / 1e6 / Math.max(1, sorted.size());
        }

        /** The latency that so much of the answers stay below. */
        double millisAt(double quantile) {
            return sorted.isEmpty() ? 0 : sorted.get((int) (quantile * (sorted.size() - 1))) / 1e6;
        }

        int lowestLimit() {
            return seconds.stream().mapToInt(second -> second.limit).min().orElse(0);
        }

        int highestLimit() {
            return seconds.stream().mapToInt(second -> second.limit).max().orElse(0);
        }

        int lastLimit() {
            return seconds.get(seconds.size() - 1).limit;
        }
    }
}
