package io.steadfast.timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;

import io.steadfast.core.Call;
import io.steadfast.core.InvalidSettingsException;
import io.steadfast.core.PolicyId;
import org.junit.jupiter.api.Test;

class TimeoutPolicyTests {

    private static final TimeoutConfig BOTH = new TimeoutConfig(Duration.ofMillis(800), Duration.ofSeconds(3), true);

    private final Call call = Call.of("stock");

    @Test
    void whenMadeForAPlace_thenItHasTheLimitOfThatPlace() {
        TimeoutPolicy attempt = TimeoutPolicy.attempt("stock", BOTH);
        TimeoutPolicy total = TimeoutPolicy.total("stock", BOTH);

        assertThat(attempt.id()).isEqualTo(new PolicyId("timeout", "stock"));
        assertThat(attempt.limitNanos(call)).isEqualTo(800_000_000);
        assertThat(total.id()).isEqualTo(new PolicyId("timeout.total", "stock"));
        assertThat(total.limitNanos(call)).isEqualTo(3_000_000_000L);
        assertThat(total.config()).isEqualTo(BOTH);
    }

    @Test
    void whenBothLimitsAreSet_thenTheInnermostOneRunsOnItsOwnThread() {
        assertThat(TimeoutPolicy.attempt("stock", BOTH).separateThread()).isTrue();
        assertThat(TimeoutPolicy.total("stock", BOTH).separateThread()).isFalse();
    }

    @Test
    void whenOnlyTheTotalIsSet_thenItIsTheInnermostOne() {
        TimeoutConfig onlyTotal = new TimeoutConfig(null, Duration.ofSeconds(3), true);

        assertThat(TimeoutPolicy.total("stock", onlyTotal).separateThread()).isTrue();
    }

    @Test
    void whenNobodyAsksForIt_thenNothingRunsOnAThreadOfItsOwn() {
        TimeoutConfig config =
                TimeoutConfig.builder().limit(Duration.ofSeconds(1)).build();

        assertThat(TimeoutPolicy.attempt("stock", config).separateThread()).isFalse();
    }

    @Test
    void whenTheLimitOfAPlaceIsUnset_thenThereIsNoPolicyForIt() {
        TimeoutConfig onlyTotal =
                TimeoutConfig.builder().total(Duration.ofSeconds(3)).build();
        TimeoutConfig onlyLimit =
                TimeoutConfig.builder().limit(Duration.ofSeconds(3)).build();

        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> TimeoutPolicy.attempt("stock", onlyTotal))
                .withMessage("limit is unset");
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> TimeoutPolicy.total("stock", onlyLimit))
                .withMessage("total is unset");
    }

    @Test
    void whenAskedToBeElsewhere_thenItRefuses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TimeoutPolicy(new PolicyId("retry", "stock"), BOTH))
                .withMessage("A timeout is at timeout or at timeout.total, but was asked to be at retry");
    }

    @Test
    void whenALimitIsLongerThanALifetime_thenItIsStillALimit() {
        TimeoutConfig endless = TimeoutConfig.builder()
                .limit(Duration.ofSeconds(Long.MAX_VALUE))
                .build();

        assertThat(TimeoutPolicy.attempt("stock", endless).limitNanos(call)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whenCallsAreLeftRunning_thenTheSnapshotCountsThemUntilTheyEnd() {
        TimeoutPolicy policy = TimeoutPolicy.attempt("stock", BOTH);
        assertThat(policy.snapshot()).isEqualTo(Map.of("still-running", 0));

        policy.leftRunning(call);
        policy.leftRunning(Call.of("stock"));
        assertThat(policy.snapshot()).isEqualTo(Map.of("still-running", 2));

        policy.endedLate(call);
        assertThat(policy.stillRunning()).isEqualTo(1);
    }
}
