package io.steadfast.timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;

import io.steadfast.core.InvalidSettingsException;
import org.junit.jupiter.api.Test;

class TimeoutConfigTests {

    @Test
    void whenEverythingIsSet_thenEverythingIsKept() {
        TimeoutConfig config = TimeoutConfig.builder()
                .limit(Duration.ofMillis(800))
                .total(Duration.ofSeconds(3))
                .separateThread(true)
                .build();

        assertThat(config).isEqualTo(new TimeoutConfig(Duration.ofMillis(800), Duration.ofSeconds(3), true));
    }

    @Test
    void whenOnlyOneLimitIsSet_thenTheOtherIsNone() {
        assertThat(TimeoutConfig.builder().limit(Duration.ofSeconds(1)).build())
                .isEqualTo(new TimeoutConfig(Duration.ofSeconds(1), null, false));
        assertThat(TimeoutConfig.builder().total(Duration.ofSeconds(1)).build())
                .isEqualTo(new TimeoutConfig(null, Duration.ofSeconds(1), false));
    }

    @Test
    void whenBothLimitsAreTheSame_thenTheyAgree() {
        Duration same = Duration.ofSeconds(2);

        assertThat(new TimeoutConfig(same, same, false).limit()).isEqualTo(same);
    }

    @Test
    void whenNothingIsSet_thenItIsRefusedWithWhatToSet() {
        refused(
                TimeoutConfig.builder().separateThread(true),
                "limit and total are both unset, so nothing would ever time out: set limit for each attempt, total for all of"
                        + " them together, or both");
    }

    @Test
    void whenASettingMakesNoSense_thenTheRefusalNamesItAndSaysWhy() {
        refused(TimeoutConfig.builder().limit(Duration.ZERO), "limit must be longer than zero, but is 0s");
        refused(TimeoutConfig.builder().total(Duration.ofMillis(-1)), "total must be longer than zero, but is -1ms");
        refused(
                TimeoutConfig.builder().limit(Duration.ofSeconds(3)).total(Duration.ofMillis(2500)),
                "limit and total contradict each other: one attempt may take 3s, but all of them together only 2500ms");
    }

    @Test
    void whenSeveralSettingsMakeNoSense_thenAllAreReportedAtOnce() {
        refused(
                TimeoutConfig.builder().limit(Duration.ofSeconds(-1)).total(Duration.ZERO),
                "limit must be longer than zero, but is -1s; total must be longer than zero, but is 0s");
        refused(
                TimeoutConfig.builder().limit(Duration.ofSeconds(1)).total(Duration.ofSeconds(-1)),
                "total must be longer than zero, but is -1s");
    }

    private static void refused(TimeoutConfigBuilder builder, String text) {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(builder::build)
                .withMessage(text);
    }
}
