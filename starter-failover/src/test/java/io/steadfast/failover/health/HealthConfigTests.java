package io.steadfast.failover.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

import io.steadfast.core.InvalidSettingsException;
import org.junit.jupiter.api.Test;

class HealthConfigTests {

    private static final HealthCheck CHECK = (instance, timeout) -> HealthVerdict.passed();

    @Test
    void whenNothingIsSet_thenTheDefaultsHold() {
        assertThat(HealthConfig.builder(CHECK).build())
                .isEqualTo(new HealthConfig(
                        CHECK, Duration.ofSeconds(10), 0.2, Duration.ofSeconds(2), 2, 3, Duration.ofSeconds(1), null));
    }

    @Test
    void whenTheIntervalIsShort_thenTheEdgeIntervalIsNotLonger() {
        assertThat(HealthConfig.builder(CHECK)
                        .interval(Duration.ofMillis(200))
                        .build()
                        .edgeInterval())
                .isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void whenSettingsMakeNoSense_thenAllOfThemAreRefusedTogether() {
        assertThatThrownBy(() -> HealthConfig.builder(CHECK)
                        .interval(Duration.ZERO)
                        .jitter(2)
                        .timeout(Duration.ofSeconds(-1))
                        .healthyThreshold(0)
                        .unhealthyThreshold(0)
                        .edgeInterval(Duration.ofSeconds(1))
                        .noTrafficInterval(Duration.ofSeconds(-1))
                        .build())
                .isInstanceOfSatisfying(
                        InvalidSettingsException.class,
                        refused -> assertThat(refused.problems())
                                .flatExtracting(InvalidSettingsException.Problem::keys)
                                .contains(
                                        "health.interval",
                                        "health.jitter",
                                        "health.timeout",
                                        "health.healthy-threshold",
                                        "health.unhealthy-threshold",
                                        "health.edge-interval",
                                        "health.no-traffic-interval"));
    }

    @Test
    void whenChecksWouldComeBackToBack_thenTheyAreRefused() {
        assertThatThrownBy(() -> HealthConfig.builder(CHECK)
                        .interval(Duration.ofNanos(1))
                        .build())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("health.interval")
                .hasMessageContaining("must be at least 10ms");
    }

    @Test
    void whenQuietChecksWouldComeMoreOften_thenTheContradictionIsRefused() {
        assertThatThrownBy(() -> HealthConfig.builder(CHECK)
                        .noTrafficInterval(Duration.ofSeconds(5))
                        .build())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("no-traffic-interval");
    }

    @Test
    void whenATimeIsLongerThanADay_thenItIsRefused() {
        Duration age = Duration.ofDays(400_000);
        assertThatThrownBy(() -> HealthConfig.builder(CHECK)
                        .interval(age)
                        .timeout(age)
                        .noTrafficInterval(age)
                        .build())
                .hasMessageContaining("health.interval")
                .hasMessageContaining("health.timeout")
                .hasMessageContaining("health.no-traffic-interval");
    }

    @Test
    void whenPathOrPortIsNone_thenTheyAreRefused() {
        assertThatThrownBy(() -> new HttpHealthCheck("health", 70_000))
                .hasMessageContaining("health.path")
                .hasMessageContaining("health.port");
        assertThatThrownBy(() -> new HttpHealthCheck("/a b", null)).hasMessageContaining("health.path");
        assertThatThrownBy(() -> new TcpHealthCheck(0)).hasMessageContaining("health.port");
    }
}
