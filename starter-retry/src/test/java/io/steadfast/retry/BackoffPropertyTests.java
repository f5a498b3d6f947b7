package io.steadfast.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** The bounds of every wait, at any attempt, for any settings. */
class BackoffPropertyTests {

    private static final long LONGEST = Long.MAX_VALUE;

    @Property
    void noWaitIsNegativeOrLongerThanTheCap(
            @ForAll BackoffType type,
            @ForAll @LongRange(min = 0, max = LONGEST) long wait,
            @ForAll @LongRange(min = 0, max = LONGEST) long more,
            @ForAll @DoubleRange(min = 1, max = 1e300) double multiplier,
            @ForAll @DoubleRange(min = 0, max = 1) double jitter,
            @ForAll @IntRange(min = 1, max = Integer.MAX_VALUE) int attempt,
            @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double random) {
        long cap = wait + Math.min(more, LONGEST - wait);
        RetryConfig config = config(type, wait, cap)
                .multiplier(multiplier)
                .jitter(type == BackoffType.DECORRELATED ? 1 : jitter)
                .build();

        assertThat(new Backoff(config, () -> random).delayNanos(attempt)).isBetween(0L, cap);
    }

    @Property
    void withoutJitterWaitsNeverShrink(
            @ForAll @LongRange(min = 0, max = 1_000_000_000L) long wait,
            @ForAll @DoubleRange(min = 1, max = 100) double multiplier,
            @ForAll @IntRange(min = 1, max = Integer.MAX_VALUE - 1) int attempt) {
        RetryConfig config = config(BackoffType.EXPONENTIAL, wait, 5_000_000_000L)
                .multiplier(multiplier)
                .jitter(0)
                .build();
        Backoff backoff = new Backoff(config, () -> 0.5);

        assertThat(backoff.delayNanos(attempt + 1)).isGreaterThanOrEqualTo(backoff.delayNanos(attempt));
    }

    @Property
    void jitterTakesAtMostItsPart(
            @ForAll @LongRange(min = 0, max = 5_000_000_000L) long wait,
            @ForAll @DoubleRange(min = 0, max = 1) double jitter,
            @ForAll @IntRange(min = 1, max = 100) int attempt,
            @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double random) {
        RetryConfigBuilder config = config(BackoffType.EXPONENTIAL, wait, 5_000_000_000L);
        long whole = new Backoff(config.jitter(0).build(), () -> random).delayNanos(attempt);
        long shortened = new Backoff(config.jitter(jitter).build(), () -> random).delayNanos(attempt);

        assertThat((double) shortened).isBetween(whole * (1 - jitter) - 1, (double) whole);
    }

    @Property
    void decorrelatedWaitsStartAtTheFirstAndReachAtMostThreeTimesThePreviousOne(
            @ForAll @LongRange(min = 1, max = 1_000_000L) long wait,
            @ForAll @IntRange(min = 1, max = 20) int attempt,
            @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double random) {
        Backoff backoff =
                new Backoff(config(BackoffType.DECORRELATED, wait, LONGEST).build(), () -> random);
        long previous = attempt == 1 ? wait : backoff.delayNanos(attempt - 1);

        assertThat(backoff.delayNanos(attempt)).isBetween(wait, 3 * previous);
    }

    private static RetryConfigBuilder config(BackoffType type, long waitNanos, long capNanos) {
        return RetryConfig.builder()
                .backoff(type)
                .waitDuration(Duration.ofNanos(waitNanos))
                .maxWaitDuration(Duration.ofNanos(capNanos));
    }
}
