package io.steadfast.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;

import io.steadfast.core.InvalidSettingsException;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class FailoverConfigTests {

    @Example
    void whenNothingIsSaid_thenTheDefaultsAreThoseOfTheDesign() {
        FailoverConfig config = FailoverConfig.defaults();
        assertThat(config.picker()).isEqualTo(PickerType.PEAK_EWMA);
        assertThat(config.slowStart()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.panicThreshold()).isEqualTo(50);
        assertThat(config.health()).isNull();
        EjectionConfig ejection = EjectionConfig.defaults();
        assertThat(config.ejection()).isEqualTo(ejection);
        assertThat(ejection.consecutiveFailures()).isEqualTo(5);
        assertThat(ejection.successRateDeviation()).isEqualTo(1.9);
        assertThat(ejection.baseTime()).isEqualTo(Duration.ofSeconds(30));
        assertThat(ejection.maxTime()).isEqualTo(Duration.ofSeconds(300));
        assertThat(ejection.maxEjectedPercent()).isEqualTo(50);
    }

    @Example
    void whenSettingsMakeNoSense_thenAllOfThemAreNamed() {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> FailoverConfig.builder()
                        .zone(" ")
                        .slowStart(Duration.ofSeconds(-1))
                        .panicThreshold(101)
                        .refreshInterval(Duration.ZERO)
                        .keepLastGood(Duration.ofSeconds(-1))
                        .firstListWait(Duration.ofHours(1))
                        .build())
                .satisfies(refusal -> assertThat(refusal.problems())
                        .flatExtracting(InvalidSettingsException.Problem::keys)
                        .containsExactlyInAnyOrder(
                                "zone",
                                "slow-start",
                                "panic-threshold",
                                "refresh-interval",
                                "keep-last-good",
                                "first-list-wait"));
    }

    @Example
    void whenEjectionSettingsMakeNoSense_thenAllOfThemAreNamed() {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> EjectionConfig.builder()
                        .consecutiveFailures(-1)
                        .successRateDeviation(Double.NaN)
                        .failurePercentage(101)
                        .minimumCalls(0)
                        .interval(Duration.ZERO)
                        .baseTime(Duration.ZERO)
                        .maxTime(Duration.ofDays(2))
                        .maxEjectedPercent(0)
                        .build())
                .satisfies(refusal -> assertThat(refusal.problems())
                        .flatExtracting(InvalidSettingsException.Problem::keys)
                        .containsExactlyInAnyOrder(
                                "ejection.consecutive-failures",
                                "ejection.success-rate-deviation",
                                "ejection.failure-percentage",
                                "ejection.minimum-calls",
                                "ejection.interval",
                                "ejection.base-time",
                                "ejection.max-time",
                                "ejection.max-ejected-percent"));
    }

    @Example
    void whenTheLongestTimeIsShorterThanTheFirst_thenThatIsAContradiction() {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() ->
                        EjectionConfig.builder().maxTime(Duration.ofSeconds(29)).build())
                .withMessageContaining("29s")
                .withMessageContaining("30s");
    }

    @Property
    void whenAPoolHasTwoOrMore_thenOneMayBeEjectedAndTheLastOneNever(
            @ForAll @IntRange(min = 2, max = 10_000) int size, @ForAll @IntRange(min = 1, max = 100) int percent) {
        int most = EjectionConfig.builder().maxEjectedPercent(percent).build().mostEjected(size);
        assertThat(most).isBetween(1, size - 1).isLessThanOrEqualTo(Math.max(1, size * percent / 100));
    }

    @Property
    void whenEjectedInARow_thenTheTimeGrowsAndIsBounded(@ForAll @IntRange(min = 1) int times) {
        long nanos = EjectionConfig.defaults().nanosFor(times);
        assertThat(nanos)
                .isEqualTo(Duration.ofSeconds(Math.min(300, 30L * times)).toNanos());
    }
}
