package io.steadfast.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class OpenTimeTests {

    private static final long TEN_YEARS = Duration.ofDays(3652).toMillis();

    @Property
    void whateverTheNumbers_thenItIsPositiveAndNeverLongerThanTheMax(
            @ForAll @LongRange(min = 1, max = 315_532_800_000L) long initial,
            @ForAll @LongRange(min = 0, max = 315_532_800_000L) long more,
            @ForAll @DoubleRange(min = 0, max = 1) double jitter,
            @ForAll int trip,
            @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double random) {
        long max = Math.min(TEN_YEARS, initial + more);
        assertThat(openTime(initial, max, jitter).millis(trip, random)).isBetween(1L, max);
    }

    @Property
    void withoutJitter_thenItDoublesUntilTheMax(
            @ForAll @LongRange(min = 1, max = 100_000) long initial, @ForAll @IntRange(min = 1, max = 20) int trip) {
        long max = 60_000_000;
        long expected = Math.min(max, initial * (1L << (trip - 1)));
        assertThat(openTime(initial, max, 0).millis(trip, 0.99)).isEqualTo(expected);
    }

    @Property
    void withJitter_thenOnlyThatPartIsRandom(
            @ForAll @DoubleRange(min = 0, max = 1) double jitter,
            @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double random) {
        long millis = openTime(10_000, 60_000, jitter).millis(1, random);
        assertThat((double) millis).isBetween(Math.max(1, 10_000 * (1 - jitter) - 1), 10_000.0);
    }

    private static OpenTime openTime(long initial, long max, double jitter) {
        return new OpenTime(Duration.ofMillis(initial), Duration.ofMillis(max), jitter, false, Duration.ZERO);
    }
}
