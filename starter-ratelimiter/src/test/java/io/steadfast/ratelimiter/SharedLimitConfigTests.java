package io.steadfast.ratelimiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;

import io.steadfast.core.InvalidSettingsException;
import org.junit.jupiter.api.Test;

class SharedLimitConfigTests {

    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private static final LimiterConfig TEN_A_SECOND = LimiterConfig.builder()
            .limitForPeriod(10)
            .limitRefreshPeriod(A_SECOND)
            .build();

    @Test
    void whenThereAreMoreLimits_thenAllHoldAndThatForAPeriodIsTheFirst() {
        Bandwidth hourly = new Bandwidth(1000, Duration.ofHours(1));

        assertThat(with(hourly).bandwidths(TEN_A_SECOND)).containsExactly(new Bandwidth(10, A_SECOND), hourly);
    }

    @Test
    void whenSettingsMakeNoSense_thenAllAreNamed() {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> new SharedLimitConfig(
                        List.of(new Bandwidth(0, Duration.ofHours(1)), new Bandwidth(5, Duration.ZERO)),
                        Duration.ZERO,
                        Duration.ofMillis(-1)))
                .satisfies(refusal -> assertThat(refusal.problems())
                        .extracting(Object::toString)
                        .containsExactly(
                                "store-timeout must be longer than zero, but is 0s",
                                "store-probe-interval must be longer than zero, but is -1ms",
                                "additional-limits must be at least 1, but is 0",
                                "additional-limits must be longer than zero, but is 0s"));
    }

    @Test
    void whenALimitIsNeverReached_thenItIsRefused() {
        assertRefused(
                new Bandwidth(36_000, Duration.ofHours(1)),
                "additional-limits has no effect: 36000 per 1h is never reached beside 10 per 1s");
        assertRefused(
                new Bandwidth(5, Duration.ofHours(1)),
                "limit-for-period has no effect: 10 per 1s is never reached beside 5 per 1h");
        assertRefused(
                new Bandwidth(10, A_SECOND),
                "additional-limits has no effect: 10 per 1s is never reached beside 10 per 1s");
    }

    @Test
    void whenALimitIsStricterInBurstsOnly_thenItHasAnEffect() {
        assertThat(with(new Bandwidth(2, Duration.ofMillis(100))).bandwidths(TEN_A_SECOND))
                .hasSize(2);
        assertThat(with(new Bandwidth(35_999, Duration.ofHours(1))).bandwidths(TEN_A_SECOND))
                .hasSize(2);
    }

    @Test
    void whenALimitIsFinerThanTheStoreCounts_thenItIsRefused() {
        LimiterConfig endless = LimiterConfig.builder()
                .limitForPeriod(11)
                .limitRefreshPeriod(Duration.ofNanos(10))
                .build();

        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> SharedLimitConfig.defaults().bandwidths(endless))
                .withMessageContaining("must not allow more than one permit a nanosecond, but allows 11 per 10ns");
    }

    private static SharedLimitConfig with(Bandwidth more) {
        return new SharedLimitConfig(List.of(more), Duration.ofMillis(100), A_SECOND);
    }

    private static void assertRefused(Bandwidth more, String problem) {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> with(more).bandwidths(TEN_A_SECOND))
                .satisfies(refusal -> assertThat(refusal.problems())
                        .extracting(Object::toString)
                        .containsExactly(problem));
    }
}
