package io.steadfast.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.PrimitiveIterator;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

import io.steadfast.core.PolicyRuntime;
import org.junit.jupiter.api.Test;

class BackoffTests {

    private static final double ALMOST_ONE = Math.nextDown(1.0);

    @Test
    void whenExponentialWithoutJitter_thenEachWaitIsTheMultipleOfTheOneBeforeUpToTheCap() {
        Backoff backoff = new Backoff(Scenario.steady().build(), always(0.5));

        assertThat(millis(backoff, 8)).containsExactly(100, 200, 400, 800, 1600, 3200, 5000, 5000);
    }

    @Test
    void whenTheMultiplierIsNoWholeNumber_thenWaitsGrowByIt() {
        Backoff backoff = new Backoff(Scenario.steady().multiplier(1.5).build(), always(0.5));

        assertThat(millis(backoff, 4)).containsExactly(100, 150, 225, 337);
    }

    @Test
    void whenFixed_thenEachWaitIsTheSame() {
        Backoff backoff =
                new Backoff(Scenario.steady().backoff(BackoffType.FIXED).build(), always(0.5));

        assertThat(millis(backoff, 4)).containsExactly(100, 100, 100, 100);
    }

    @Test
    void whenJitterIsFull_thenAWaitIsAnythingBetweenNothingAndTheWhole() {
        RetryConfig config = RetryConfig.defaults();

        assertThat(millis(new Backoff(config, always(0)), 3)).containsExactly(100, 200, 400);
        assertThat(millis(new Backoff(config, always(0.25)), 3)).containsExactly(75, 150, 300);
        assertThat(millis(new Backoff(config, always(ALMOST_ONE)), 3)).containsExactly(0, 0, 0);
    }

    @Test
    void whenJitterIsAPart_thenTheRestOfTheWaitIsFixed() {
        RetryConfig config = RetryConfig.builder().jitter(0.4).build();

        assertThat(new Backoff(config, always(0)).delayNanos(1)).isEqualTo(100_000_000);
        assertThat(new Backoff(config, always(0.5)).delayNanos(1)).isEqualTo(80_000_000);
        assertThat(new Backoff(config, always(ALMOST_ONE)).delayNanos(1)).isBetween(60_000_000L, 60_000_001L);
    }

    @Test
    void whenWaitsHaveReachedTheCap_thenJitterStillKeepsThemApart() {
        RetryConfig config = RetryConfig.builder().build();

        assertThat(new Backoff(config, always(0.5)).delayNanos(30)).isEqualTo(2_500_000_000L);
    }

    @Test
    void whenDecorrelated_thenEachWaitLiesBetweenTheFirstAndThreeTimesThePrevious() {
        RetryConfig config =
                RetryConfig.builder().backoff(BackoffType.DECORRELATED).build();

        assertThat(millis(new Backoff(config, always(0)), 3)).containsExactly(100, 100, 100);
        assertThat(millis(new Backoff(config, always(0.5)), 4)).containsExactly(200, 350, 575, 912);
        assertThat(new Backoff(config, always(ALMOST_ONE)).delayNanos(1)).isBetween(299_999_999L, 300_000_000L);
        assertThat(new Backoff(config, always(ALMOST_ONE)).delayNanos(4)).isEqualTo(5_000_000_000L); // the cap
        assertThat(new Backoff(config, inTurn(0.5)).delayNanos(1)).isEqualTo(200_000_000);
        assertThat(new Backoff(config, inTurn(0.5, 0.5)).delayNanos(2)).isEqualTo(350_000_000); // 100 + (600 - 100) / 2
    }

    @Test
    void whenTheWaitIsZero_thenThereIsNeverAnyWait() {
        for (BackoffType type : BackoffType.values()) {
            RetryConfig config = RetryConfig.builder()
                    .backoff(type)
                    .waitDuration(Duration.ZERO)
                    .build();
            Backoff backoff = new Backoff(config, always(0.5));

            assertThat(backoff.delayNanos(1)).isZero();
            assertThat(backoff.delayNanos(2)).isZero();
            assertThat(backoff.delayNanos(Integer.MAX_VALUE)).isZero();
        }
    }

    @Test
    void whenDurationsAreLongerThanNanosecondsCanTell_thenTheLongestOneStandsForThem() {
        Duration eternity = Duration.ofSeconds(Long.MAX_VALUE);
        RetryConfig config = Scenario.steady()
                .waitDuration(eternity)
                .maxWaitDuration(eternity)
                .build();

        assertThat(new Backoff(config, always(0.5)).delayNanos(7)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whenNoRandomnessIsGiven_thenWaitsDiffer() {
        Backoff backoff =
                new Backoff(RetryConfig.defaults(), PolicyRuntime.system().random()::nextDouble);

        assertThat(IntStream.range(0, 100)
                        .mapToLong(i -> backoff.delayNanos(1))
                        .distinct()
                        .count())
                .isGreaterThan(90);
    }

    private static int[] millis(Backoff backoff, int attempts) {
        return IntStream.rangeClosed(1, attempts)
                .map(attempt -> (int) (backoff.delayNanos(attempt) / 1_000_000))
                .toArray();
    }

    private static DoubleSupplier always(double number) {
        return () -> number;
    }

    private static DoubleSupplier inTurn(double... numbers) {
        PrimitiveIterator.OfDouble each = Arrays.stream(numbers).iterator();
        return each::nextDouble;
    }
}
