package io.steadfast.ratelimiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

import io.steadfast.core.Call;
import io.steadfast.core.Permit;
import io.steadfast.core.RateLimitedException;
import io.steadfast.core.Reservation;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds for every limiter and every sequence of calls. */
class PermitPropertyTests {

    private static final Duration EIGHTH = Duration.ofMillis(125);

    @Property
    void whenCallsTakeOnePermit_thenNoPeriodSeesMoreThanTheLimit(
            @ForAll("limiters") Given given, @ForAll("steps") List<Step> steps) {
        TreeMap<Long, Integer> used =
                run(given, steps.stream().map(Step::single).toList());
        assertThat(used.values()).allMatch(permits -> permits <= given.limit);
    }

    @Property
    void whenCallsTakeSeveralPermits_thenThePeriodsSoFarNeverGaveMoreThanTheyHave(
            @ForAll("limiters") Given given, @ForAll("steps") List<Step> steps) {
        long total = 0;
        for (var period : run(given, steps).entrySet()) {
            total += period.getValue();
            assertThat(total).isLessThanOrEqualTo((period.getKey() + 1) * given.limit);
        }
    }

    @Property
    void whenCallsComeOneAfterTheOther_thenNobodyIsDueBeforeOneWhoCameEarlier(
            @ForAll("limiters") Given given, @ForAll("steps") List<Step> steps) {
        Bench bench = given.bench();
        long latest = Long.MIN_VALUE;
        for (Step step : steps) {
            bench.advance(step.pause());
            long due =
                    bench.timer.ticker().nanos() + waitOf(bench, step.permits).orElse(Long.MAX_VALUE / 2);
            if (due < Long.MAX_VALUE / 4) {
                assertThat(due).isGreaterThanOrEqualTo(latest);
                latest = Math.max(latest, due);
            }
        }
    }

    @Property(tries = 3000, maxDiscardRatio = 50)
    void whenRefused_thenRetryAfterIsEnoughForAllPermitsAndNoLongerThanNeedBe(
            @ForAll("limiters") Given given,
            @ForAll("steps") List<Step> steps,
            @ForAll @IntRange(min = 1, max = 40) int permits) {
        Assume.that(given.config().canEverGive(permits));
        Optional<Duration> comeBack = refusalAfter(given, steps, permits, Duration.ZERO);
        Assume.that(comeBack.isPresent());
        Duration wait = comeBack.get();
        assertThat(wait).isPositive();
        assertThat(refusalAfter(given, steps, permits, wait))
                .as("after " + wait)
                .isEmpty();
        assertThat(refusalAfter(given, steps, permits, wait.minusNanos(1)))
                .as("a nanosecond earlier")
                .isPresent();
    }

    /** How long a call is told to stay away that comes some time after all others; empty if it is let in, or may wait. */
    private static Optional<Duration> refusalAfter(Given given, List<Step> steps, int permits, Duration pause) {
        Bench bench = given.bench();
        for (Step step : steps) {
            bench.advance(step.pause());
            waitOf(bench, step.permits);
        }
        bench.advance(pause);
        try {
            bench.acquire(permits);
            return Optional.empty();
        } catch (RateLimitedException refusal) {
            return refusal.retryAfter();
        }
    }

    /** Permits used, by the period in which the call that took them went on. */
    private static TreeMap<Long, Integer> run(Given given, List<Step> steps) {
        Bench bench = given.bench();
        long start = bench.timer.ticker().nanos();
        TreeMap<Long, Integer> used = new TreeMap<>();
        for (Step step : steps) {
            bench.advance(step.pause());
            long now = bench.timer.ticker().nanos();
            waitOf(bench, step.permits)
                    .ifPresent(wait -> used.merge((now + wait - start) / 1_000_000_000, step.permits, Integer::sum));
        }
        return used;
    }

    private static Optional<Long> waitOf(Bench bench, int permits) {
        try {
            Permit permit = bench.acquire(permits);
            if (permit instanceof Reservation turn) {
                turn.claim(Call.of("geocoder"));
                return Optional.of(turn.waitNanos());
            }
            return Optional.of(0L);
        } catch (RateLimitedException refusal) {
            return Optional.empty();
        }
    }

    @Provide
    Arbitrary<Given> limiters() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 20),
                        Arbitraries.integers().between(0, 24))
                .as(Given::new);
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 12),
                        Arbitraries.integers().between(1, 30))
                .as(Step::new)
                .list()
                .ofMaxSize(40);
    }

    /** Permits in a second, and how many eighths of a second a call may wait. */
    record Given(int limit, int eighths) {

        LimiterConfig config() {
            return settings().build();
        }

        Bench bench() {
            return new Bench(settings());
        }

        private LimiterConfigBuilder settings() {
            return LimiterConfig.builder().limitForPeriod(limit).timeoutDuration(EIGHTH.multipliedBy(eighths));
        }
    }

    /** A pause, in eighths of a second, and then a call. */
    record Step(int eighths, int permits) {

        Step single() {
            return new Step(eighths, 1);
        }

        Duration pause() {
            return EIGHTH.multipliedBy(eighths);
        }
    }
}
