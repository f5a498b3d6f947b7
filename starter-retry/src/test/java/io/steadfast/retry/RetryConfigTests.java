package io.steadfast.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;

import io.steadfast.core.FailureFilter;
import io.steadfast.core.InvalidSettingsException;
import io.steadfast.core.RetryBudgetConfig;
import org.junit.jupiter.api.Test;

class RetryConfigTests {

    @Test
    void whenNothingIsSet_thenTheBuiltInValuesHold() {
        assertThat(RetryConfig.defaults())
                .isEqualTo(new RetryConfig(
                        3,
                        Duration.ofMillis(100),
                        BackoffType.EXPONENTIAL,
                        2,
                        Duration.ofSeconds(5),
                        1,
                        null,
                        FailureFilter.NONE,
                        null,
                        false,
                        new RetryBudgetConfig(0.2, 10, Duration.ofSeconds(10))));
    }

    @Test
    void whenEverythingIsSet_thenEverythingIsKept() {
        RetryBudgetConfig budget = new RetryBudgetConfig(0.5, 0, Duration.ofSeconds(20));
        RetryConfig config = RetryConfig.builder()
                .maxAttempts(7)
                .waitDuration(Duration.ofMillis(50))
                .backoff(BackoffType.FIXED)
                .multiplier(3)
                .maxWaitDuration(Duration.ofSeconds(1))
                .jitter(0.5)
                .maxDuration(Duration.ofSeconds(9))
                .retryExceptions(IOException.class)
                .ignoreExceptions(IllegalStateException.class)
                .resultPredicate("busy"::equals)
                .afterElements(true)
                .budget(budget)
                .build();

        assertThat(config.maxAttempts()).isEqualTo(7);
        assertThat(config.waitDuration()).isEqualTo(Duration.ofMillis(50));
        assertThat(config.backoff()).isEqualTo(BackoffType.FIXED);
        assertThat(config.multiplier()).isEqualTo(3);
        assertThat(config.maxWaitDuration()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.jitter()).isEqualTo(0.5);
        assertThat(config.maxDuration()).isEqualTo(Duration.ofSeconds(9));
        assertThat(config.failures())
                .isEqualTo(new FailureFilter(List.of(IOException.class), List.of(IllegalStateException.class)));
        assertThat(config.resultPredicate()).accepts("busy").rejects("done");
        assertThat(config.afterElements()).isTrue();
        assertThat(config.budget()).isEqualTo(budget);
        assertThat(RetryConfig.builder().withoutBudget().build().budget()).isNull();
    }

    @Test
    void whenASettingMakesNoSense_thenTheRefusalNamesItAndSaysWhy() {
        refused(RetryConfig.builder().maxAttempts(0), "max-attempts must be at least 1, but is 0");
        refused(
                RetryConfig.builder().waitDuration(Duration.ofMillis(-1)),
                "wait-duration must not be negative, but is -1ms");
        refused(
                RetryConfig.builder().multiplier(0.5),
                "exponential-backoff-multiplier must be a number of at least 1, but is 0.5");
        refused(
                RetryConfig.builder().multiplier(Double.NaN),
                "exponential-backoff-multiplier must be a number of at least 1, but is NaN");
        refused(
                RetryConfig.builder().multiplier(Double.POSITIVE_INFINITY),
                "exponential-backoff-multiplier must be a number of at least 1, but is Infinity");
        refused(
                RetryConfig.builder().maxWaitDuration(Duration.ofMillis(-5)),
                "exponential-max-wait-duration must not be negative, but is -5ms");
        refused(
                RetryConfig.builder().waitDuration(Duration.ofSeconds(6)),
                "wait-duration and exponential-max-wait-duration contradict each other: the first wait of 6s is longer "
                        + "than the longest wait allowed, 5s");
        refused(RetryConfig.builder().jitter(1.5), "jitter must be between 0.0 and 1.0, but is 1.5");
        refused(RetryConfig.builder().jitter(Double.NaN), "jitter must be between 0.0 and 1.0, but is NaN");
        refused(
                RetryConfig.builder().backoff(BackoffType.DECORRELATED).jitter(0),
                "backoff and jitter contradict each other: decorrelated waits are random by themselves, so jitter must "
                        + "be left at full");
        refused(RetryConfig.builder().maxDuration(Duration.ZERO), "max-duration must be longer than zero, but is 0s");
    }

    @Test
    void whenAnExceptionIsListedThatIsNeverRetried_thenItIsRefused() {
        refused(
                RetryConfig.builder().retryExceptions(InterruptedException.class),
                "retry-exceptions names java.lang.InterruptedException, which is never retried");
        refused(
                RetryConfig.builder().retryExceptions(IOException.class, CancellationException.class),
                "retry-exceptions names java.util.concurrent.CancellationException, which is never retried");
        refused(
                RetryConfig.builder().retryExceptions(OutOfMemoryError.class),
                "retry-exceptions names java.lang.OutOfMemoryError, which is never retried");
    }

    @Test
    void whenSeveralSettingsMakeNoSense_thenAllAreReportedAtOnce() {
        refused(
                RetryConfig.builder().maxAttempts(-1).jitter(2).maxDuration(Duration.ofSeconds(-1)),
                "max-attempts must be at least 1, but is -1; jitter must be between 0.0 and 1.0, but is 2.0; "
                        + "max-duration must be longer than zero, but is -1s");
    }

    @Test
    void whenABudgetMakesNoSense_thenTheRefusalNamesItAndSaysWhy() {
        refusedBudget(-0.1, 10, 10, "budget.ratio must be between 0.0 and 1000.0, but is -0.1");
        refusedBudget(Double.NaN, 10, 10, "budget.ratio must be between 0.0 and 1000.0, but is NaN");
        refusedBudget(0.2, -1, 10, "budget.reserve-per-second must be between 0 and 1000000, but is -1");
        refusedBudget(0.2, 1_000_001, 10, "budget.reserve-per-second must be between 0 and 1000000, but is 1000001");
        refusedBudget(0.2, 10, 0, "budget.window must be between 1 second and 1 hour, but is 0s");
        refusedBudget(0.2, 10, 3601, "budget.window must be between 1 second and 1 hour, but is 3601s");
        refusedBudget(
                0,
                0,
                10,
                "budget.ratio and budget.reserve-per-second are both 0, so nothing would ever be retried; set "
                        + "budget.enabled to false to retry without a budget, or max-attempts to 1 not to retry");
    }

    private static void refused(RetryConfigBuilder builder, String text) {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(builder::build)
                .withMessage(text);
    }

    private static void refusedBudget(double ratio, int reserve, int seconds, String text) {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> new RetryBudgetConfig(ratio, reserve, Duration.ofSeconds(seconds)))
                .withMessage(text);
    }
}
