package io.steadfast.ratelimiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.internal.AtomicRateLimiter;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The same answers as resilience4j's limiter, whose rules ours are, on the same clock. */
class EngineEquivalenceTests {

    @Property(tries = 2000)
    void whenAskedTheSame_thenBothLimitersGiveTheSameWaits(
            @ForAll("terms") Given given, @ForAll("steps") List<Step> steps) {
        long[] clock = {given.start};
        AtomicRateLimiter engine = new AtomicRateLimiter(
                "engine",
                RateLimiterConfig.custom()
                        .limitForPeriod(given.limit)
                        .limitRefreshPeriod(Duration.ofNanos(given.period))
                        .timeoutDuration(Duration.ofNanos(given.timeout))
                        .build(),
                () -> clock[0]);
        LiveCounter ours = new LiveCounter(given.limit, given.period, given.timeout, clock[0]);
        for (Step step : steps) {
            clock[0] += step.pause * given.period / 8;
            assertThat(ours.ask(clock[0], step.permits)).isEqualTo(engine.reservePermission(step.permits));
            assertThat(ours.available(clock[0])).isEqualTo(engine.getMetrics().getAvailablePermissions());
        }
    }

    @Provide
    Arbitrary<Given> terms() {
        return Combinators.combine(
                        Arbitraries.of(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE - 5, -86_400_000_000_000L),
                        Arbitraries.integers().between(1, 20),
                        Arbitraries.of(1L, 7L, 8L, 500L, 1_000_000_000L),
                        Arbitraries.integers().between(0, 30))
                .as((start, limit, period, eighths) -> new Given(start, limit, period, eighths * period / 8));
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 20),
                        Arbitraries.integers().between(1, 30))
                .as(Step::new)
                .list()
                .ofMaxSize(60);
    }

    /** {@code start} is a reading of the clock; the rest is in permits and nanoseconds. */
    record Given(long start, int limit, long period, long timeout) {}

    /** A pause, in eighths of a period, and then a call. */
    record Step(long pause, int permits) {}
}
