package io.steadfast.bulkhead;

import static io.steadfast.bulkhead.AdaptiveAlgorithm.GRADIENT;
import static io.steadfast.bulkhead.AdaptiveAlgorithm.VEGAS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;

import io.steadfast.bulkhead.LatencyWindow.Reading;
import org.junit.jupiter.api.Test;

/** The formulas as the documentation has them, and that both algorithms keep to what we ask of them. */
class LimitEstimatorTests {

    private static final long USUAL = TimeUnit.MILLISECONDS.toNanos(50);

    private static LimitEstimator estimator(AdaptiveAlgorithm algorithm, int initial, int min, int max) {
        LimitEstimator estimator = LimitEstimator.of(algorithm, initial, min, max);
        estimator.rebase(USUAL, initial);
        return estimator;
    }

    private static Reading window(double timesUsual, int inFlight) {
        return new Reading(100, (long) (timesUsual * USUAL), inFlight, 0, false);
    }

    private static Reading dropped(double timesUsual, int inFlight) {
        return new Reading(100, (long) (timesUsual * USUAL), inFlight, 10, true);
    }

    @Test
    void whenLatencyIsUsual_thenTheGradientRisesByAFifthOfTheRootOfTheLimit() {
        // 0.8 · 100 + 0.2 · (1 · 100 + 10)
        assertThat(estimator(GRADIENT, 100, 1, 200).adjust(window(1, 100))).isEqualTo(102);
    }

    @Test
    void whenLatencyIsHalfAsMuchAgain_thenTheGradientTolerantlyRisesStill() {
        assertThat(estimator(GRADIENT, 100, 1, 200).adjust(window(1.49, 100))).isEqualTo(102);
    }

    @Test
    void whenLatencyHasDoubled_thenTheGradientFalls() {
        // g = 1.5 / 2 = 0.75, a little more as the long-term mean moves: 0.8 · 100 + 0.2 · (75 + 10)
        assertThat(estimator(GRADIENT, 100, 1, 200).adjust(window(2, 100))).isEqualTo(97);
    }

    @Test
    void whenLatencyIsTenfold_thenTheGradientFallsByATenthAndNotMore() {
        // 0.8 · 100 + 0.2 · (0.5 · 100 + 10)
        assertThat(estimator(GRADIENT, 100, 1, 200).adjust(window(10, 100))).isEqualTo(92);
    }

    @Test
    void whenLatencyIsTenfoldForAMinute_thenTheGradientsBaselineHasHardlyMoved() {
        LimitEstimator gradient = estimator(GRADIENT, 100, 1, 200);
        for (int second = 0; second < 60; second++) {
            gradient.adjust(window(10, 100));
        }
        assertThat(gradient.baselineNanos()).isBetween(USUAL, USUAL * 3 / 2);
    }

    @Test
    void whenThereIsNoQueue_thenVegasRisesQuickly() {
        assertThat(estimator(VEGAS, 100, 1, 200).adjust(window(1, 100))).isEqualTo(100 + 6 * 2);
        assertThat(estimator(VEGAS, 20, 1, 200).adjust(window(1, 20))).isEqualTo(20 + 6);
    }

    @Test
    void whenLatencyIsATwentiethHigher_thenVegasTakesItForNoise() {
        assertThat(estimator(VEGAS, 100, 1, 200).adjust(window(1.05, 100))).isEqualTo(100 + 6 * 2);
    }

    @Test
    void whenTheQueueIsShort_thenVegasRisesSlowly() {
        // q = 20 · (1 − 1/(0.95 · 1.15)) = 1.7, above 1 and below 3
        assertThat(estimator(VEGAS, 20, 1, 200).adjust(window(1.15, 20))).isEqualTo(21);
    }

    @Test
    void whenTheQueueIsAsItShouldBe_thenVegasStays() {
        // q = 20 · (1 − 1/(0.95 · 1.3)) = 3.8, between 3 and 6
        assertThat(estimator(VEGAS, 20, 1, 200).adjust(window(1.3, 20))).isEqualTo(20);
    }

    @Test
    void whenTheQueueIsLong_thenVegasFalls() {
        // q = 20 · (1 − 1/(0.95 · 2)) = 9.5
        assertThat(estimator(VEGAS, 20, 1, 200).adjust(window(2, 20))).isEqualTo(19);
    }

    @Test
    void whenCallsWereDropped_thenVegasFallsWhateverTheLatency() {
        assertThat(estimator(VEGAS, 20, 1, 200).adjust(dropped(1.1, 20))).isEqualTo(19);
        assertThat(estimator(VEGAS, 20, 1, 200).adjust(dropped(1.1, 1))).isEqualTo(19);
    }

    @Test
    void whenFewerThanHalfTheLimitAreInFlight_thenNeitherRises() {
        for (AdaptiveAlgorithm algorithm : AdaptiveAlgorithm.values()) {
            LimitEstimator estimator = estimator(algorithm, 20, 1, 200);
            for (int i = 0; i < 1000; i++) {
                assertThat(estimator.adjust(window(1, 9))).isEqualTo(20);
            }
        }
    }

    @Test
    void whenTheBoundsAreReached_thenBothStopThere() {
        for (AdaptiveAlgorithm algorithm : AdaptiveAlgorithm.values()) {
            LimitEstimator estimator = estimator(algorithm, 20, 10, 30);
            for (int i = 0; i < 50; i++) {
                estimator.adjust(window(1, 30));
            }
            assertThat(estimator.adjust(window(1, 30))).isEqualTo(30);
            for (int i = 0; i < 50; i++) {
                estimator.adjust(dropped(20, 30));
            }
            assertThat(estimator.adjust(dropped(20, 30))).isEqualTo(10);
        }
    }

    @Test
    void whenRebased_thenOnlyTheBaselineIsAnother() {
        for (AdaptiveAlgorithm algorithm : AdaptiveAlgorithm.values()) {
            LimitEstimator estimator = estimator(algorithm, 20, 1, 200);
            estimator.rebase(3 * USUAL, 40);
            assertThat(estimator.baselineNanos()).isEqualTo(3 * USUAL);
            assertThat(estimator.adjust(window(3, 1))).isEqualTo(40);
        }
    }

    @Test
    void whenNothingWasSeen_thenThereIsNoBaseline() {
        for (AdaptiveAlgorithm algorithm : AdaptiveAlgorithm.values()) {
            LimitEstimator fresh = LimitEstimator.of(algorithm, 25, 5, 200);
            assertThat(fresh.baselineNanos()).isZero();
            fresh.adjust(window(1, 1));
            assertThat(fresh.baselineNanos()).isEqualTo(USUAL);
        }
    }
}
