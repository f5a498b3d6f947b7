package io.steadfast.ratelimiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;

import io.steadfast.core.InvalidSettingsException;
import org.junit.jupiter.api.Test;

class LimiterConfigTests {

    @Test
    void whenNothingIsSet_thenThereAreFiftyPermitsASecondAndNoWaiting() {
        LimiterConfig defaults = LimiterConfig.defaults();
        assertThat(defaults)
                .isEqualTo(new LimiterConfig(
                        50, Duration.ofSeconds(1), Duration.ZERO, Scope.LOCAL, StoreDown.LOCAL, 10_000, null));
    }

    @Test
    void whenValuesMakeNoSense_thenAllOfThemAreRefusedAtOnce() {
        refused(
                LimiterConfig.builder()
                        .limitForPeriod(0)
                        .limitRefreshPeriod(Duration.ofSeconds(-1))
                        .timeoutDuration(Duration.ofMillis(-5))
                        .maxKeys(0)
                        .keyIdleTime(Duration.ZERO),
                "limit-for-period must be at least 1, but is 0",
                "limit-refresh-period must be longer than zero, but is -1s",
                "timeout-duration must not be negative, but is -5ms",
                "max-keys must be at least 1, but is 0",
                "key-idle-time must be longer than zero, but is 0s");
    }

    @Test
    void whenValuesAreBeyondAllMeasure_thenTheyAreRefused() {
        Duration tooLong = Duration.ofDays(3651);
        refused(
                LimiterConfig.builder()
                        .limitRefreshPeriod(tooLong)
                        .timeoutDuration(tooLong)
                        .keyIdleTime(tooLong)
                        .maxKeys(10_000_001),
                "limit-refresh-period must be at most 3650d",
                "timeout-duration must be at most 3650d",
                "key-idle-time must be at most 3650d",
                "max-keys must be at most 10000000, but is 10000001");
    }

    @Test
    void whenAKeyWouldBeForgottenWithinItsPeriod_thenItIsRefused() {
        LimiterConfigBuilder hourly = LimiterConfig.builder().limitRefreshPeriod(Duration.ofHours(1));
        refused(
                hourly.keyIdleTime(Duration.ofMinutes(59)),
                "key-idle-time and limit-refresh-period contradict each other: a key forgotten within its period has all "
                        + "permits again, so the idle time of 59m must not be shorter than the period of 1h");
        assertThat(hourly.keyIdleTime(Duration.ofHours(1)).build().keyIdleTime())
                .isEqualTo(Duration.ofHours(1));
    }

    @Test
    void whenACallTakesMoreThanAPeriodHas_thenItMustBeAbleToWaitForTheRest() {
        LimiterConfigBuilder ten = LimiterConfig.builder().limitForPeriod(10);
        assertThat(ten.build().canEverGive(10)).isTrue();
        assertThat(ten.build().canEverGive(11)).isFalse();
        assertThat(ten.timeoutDuration(Duration.ofMillis(999)).build().canEverGive(11))
                .isFalse();
        assertThat(ten.timeoutDuration(Duration.ofSeconds(1)).build().canEverGive(20))
                .isTrue();
        assertThat(ten.build().canEverGive(21)).isFalse();
        assertThat(ten.build().canEverGive(Integer.MAX_VALUE)).isFalse();
    }

    private static void refused(LimiterConfigBuilder settings, String... reasons) {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(settings::build)
                .satisfies(refusal -> assertThat(refusal.getMessage()).contains(reasons));
    }
}
