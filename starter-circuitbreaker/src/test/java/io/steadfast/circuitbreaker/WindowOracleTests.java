package io.steadfast.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.Metrics;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** resilience4j's own breaker is told the same as our window, call by call, and must come to the same. */
class WindowOracleTests {

    private static final Duration SLOW = Duration.ofMillis(100);

    @Property
    void byCount_thenItHoldsAndJudgesWhatResilience4jDoes(
            @ForAll @IntRange(min = 1, max = 12) int size,
            @ForAll @IntRange(min = 1, max = 12) int minimum,
            @ForAll("thresholds") float failureRate,
            @ForAll("thresholds") float slowRate,
            @ForAll @Size(min = 1, max = 120) List<@net.jqwik.api.From("ends") End> ends) {
        Twins twins = new Twins(SlidingWindowType.COUNT_BASED, size, Math.min(minimum, size), failureRate, slowRate, 0);
        ends.forEach(twins::end);
    }

    @Property
    void byTime_thenItHoldsAndJudgesWhatResilience4jDoes(
            @ForAll @IntRange(min = 1, max = 5) int size,
            @ForAll @IntRange(min = 1, max = 12) int minimum,
            @ForAll("thresholds") float failureRate,
            @ForAll("thresholds") float slowRate,
            @ForAll("readings") long origin,
            @ForAll @Size(min = 1, max = 120) List<@net.jqwik.api.From("ends") End> ends) {
        Twins twins = new Twins(SlidingWindowType.TIME_BASED, size, minimum, failureRate, slowRate, origin);
        ends.forEach(twins::end);
    }

    @Provide
    Arbitrary<Float> thresholds() {
        return Arbitraries.of(0.5f, 20f, 33.333332f, 50f, 66.6f, 99.9f, 100f);
    }

    /** The end of the range too: a ticker may pass it. */
    @Provide
    Arbitrary<Long> readings() {
        return Arbitraries.oneOf(
                Arbitraries.longs(), Arbitraries.of(-1L, 0L, -1_000_000_000L, Long.MIN_VALUE, Long.MAX_VALUE - 5));
    }

    /** Good calls are many; gaps lie on, beside and between the borders of seconds, and far beyond any window. */
    @Provide
    Arbitrary<End> ends() {
        Arbitrary<Boolean> rarely = Arbitraries.of(true, false, false, false);
        Arbitrary<Long> gaps = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(6, Arbitraries.just(0L)),
                net.jqwik.api.Tuple.of(3, Arbitraries.longs().between(0, 400_000_000)),
                net.jqwik.api.Tuple.of(
                        2,
                        Arbitraries.of(999_999_999L, 1_000_000_000L, 1_000_000_001L, 2_000_000_000L, 4_999_999_999L)),
                net.jqwik.api.Tuple.of(1, Arbitraries.of(60_000_000_000L, 86_400_000_000_000L)));
        return Combinators.combine(rarely, rarely, gaps).as(End::new);
    }

    record End(boolean failed, boolean slow, long gapNanos) {}

    /** Window and oracle. The oracle's seconds begin when the window's do. */
    private static final class Twins {

        private final AtomicLong ticker;

        private final Oracles clock = new Oracles();

        private final BreakerConfig config;

        private final io.github.resilience4j.circuitbreaker.CircuitBreaker oracle;

        private long origin;

        private Window window;

        Twins(SlidingWindowType type, int size, int minimum, float failureRate, float slowRate, long start) {
            ticker = new AtomicLong(start);
            origin = start;
            config = BreakerConfig.builder()
                    .slidingWindowType(type)
                    .slidingWindowSize(size)
                    .minimumNumberOfCalls(minimum)
                    .failureRateThreshold(failureRate)
                    .slowCallRateThreshold(slowRate)
                    .slowCallDurationThreshold(SLOW)
                    .build();
            oracle = io.github.resilience4j.circuitbreaker.CircuitBreaker.of(
                    "oracle",
                    CircuitBreakerConfig.custom()
                            .slidingWindow(size, minimum, type)
                            .failureRateThreshold(failureRate)
                            .slowCallRateThreshold(slowRate)
                            .slowCallDurationThreshold(SLOW)
                            .clock(clock)
                            .build());
            window = Window.of(config, ticker::get);
        }

        void end(End end) {
            ticker.addAndGet(end.gapNanos());
            long took = SLOW.toNanos() + (end.slow() ? 1 : 0);
            if (end.failed()) {
                oracle.onError(took, TimeUnit.NANOSECONDS, new IllegalStateException("down"));
            } else {
                oracle.onSuccess(took, TimeUnit.NANOSECONDS);
            }
            boolean reached = window.record(end.failed(), end.slow());
            assertThat(reached).isEqualTo(oracle.getState() == State.OPEN);
            assertSameNumbers(oracle.getMetrics());
            if (reached) {
                beginAnew();
            }
        }

        private void assertSameNumbers(Metrics expected) {
            Totals totals = window.totals();
            assertThat(totals)
                    .isEqualTo(new Totals(
                            expected.getNumberOfBufferedCalls(),
                            expected.getNumberOfFailedCalls(),
                            expected.getNumberOfSlowCalls(),
                            expected.getNumberOfSlowFailedCalls()));
            int minimum = config.window().minimumNumberOfCalls();
            assertThat(totals.failureRate(minimum)).isEqualTo(expected.getFailureRate());
            assertThat(totals.slowRate(minimum)).isEqualTo(expected.getSlowCallRate());
            if (window instanceof CountWindow ring) {
                assertThat(totals).isEqualTo(ring.recount());
            }
        }

        private void beginAnew() {
            origin = ticker.get();
            oracle.reset();
            window = Window.of(config, ticker::get);
        }

        private final class Oracles extends Clock {

            @Override
            public Instant instant() {
                return Instant.EPOCH.plusNanos(ticker.get() - origin);
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        }
    }
}
