package io.steadfast.hedge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;

import io.steadfast.core.InvalidSettingsException;
import org.junit.jupiter.api.Test;

class HedgeConfigTests {

    @Test
    void whenNothingIsSaid_thenOneInTwentyCallsIsHedgedAtMost() {
        HedgeConfig config = HedgeConfig.defaults();
        assertThat(config.delay()).isNull();
        assertThat(config.extraLoad()).isEqualTo(0.05);
        assertThat(config.maxExtra()).isEqualTo(1);
        assertThat(config.minimumCalls()).isEqualTo(100);
    }

    @Test
    void whenSettingsMakeNoSense_thenAllOfThemAreToldAtOnce() {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> HedgeConfig.builder()
                        .delay(Duration.ofMillis(-1))
                        .extraLoad(0)
                        .maxExtra(0)
                        .minimumCalls(0)
                        .window(Duration.ofMillis(999))
                        .throttledPause(Duration.ofMillis(-1))
                        .build())
                .satisfies(refusal -> assertThat(refusal.problems())
                        .flatExtracting(InvalidSettingsException.Problem::keys)
                        .containsExactlyInAnyOrder(
                                "delay", "extra-load", "max-extra", "minimum-calls", "window", "throttled-pause"));
    }

    @Test
    void whenSettingsAreAtTheirBounds_thenTheyAreTaken() {
        HedgeConfig config = HedgeConfig.builder()
                .delay(Duration.ZERO)
                .extraLoad(1)
                .maxExtra(10)
                .minimumCalls(1)
                .window(Duration.ofHours(1))
                .throttledPause(Duration.ZERO)
                .build();
        assertThat(config.maxExtra()).isEqualTo(10);
    }

    @Test
    void whenAShareIsNoNumber_thenItIsRefused() {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> HedgeConfig.builder().extraLoad(Double.NaN).build());
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> HedgeConfig.builder().extraLoad(1.01).build());
    }
}
