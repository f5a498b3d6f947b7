package io.steadfast.retry;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;

import io.steadfast.core.FailureFilter;
import io.steadfast.core.RetryBudgetConfig;
import io.steadfast.core.SettingsCheck;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link RetryPolicy} goes by. Immutable, and valid once it exists: settings that make no sense are refused with an
 * {@link io.steadfast.core.InvalidSettingsException}.
 *
 * @param maxAttempts how often a call may be tried, the first time included; at least 1, default 3
 * @param waitDuration the first wait, from which later ones grow; 0 for at once, default 100 ms
 * @param backoff how waits grow; default exponential
 * @param multiplier the factor of exponential growth, at least 1; default 2
 * @param maxWaitDuration the cap on every wait, also on one that the target asks for; default 5 s
 * @param jitter which part of a wait is random: 0 for none of it, 1 (the default) for all of it, so that a wait is between
 *     {@code (1 - jitter) × wait} and {@code wait}
 * @param maxDuration no retry starts later than this after the call did; {@code null}, the default, for no limit
 * @param failures the exceptions to retry and those to ignore; default none, which means every {@link Exception}
 * @param resultPredicate says which results are to be retried; {@code null}, the default, for none
 * @param afterElements whether a stream is retried even after it has handed on elements, which are then repeated; default
 *     {@code false}
 * @param budget how many retries to allow among all calls; {@code null} for no budget; default
 *     {@link RetryBudgetConfig#defaults()}
 */
public record RetryConfig(
        int maxAttempts,
        Duration waitDuration,
        BackoffType backoff,
        double multiplier,
        Duration maxWaitDuration,
        double jitter,
        @Nullable Duration maxDuration,
        FailureFilter failures,
        @Nullable Predicate<Object> resultPredicate,
        boolean afterElements,
        @Nullable RetryBudgetConfig budget) {

    /** Failures that end the call, or the JVM: to list them is a mistake. */
    private static final List<Class<? extends Throwable>> NEVER_RETRIED =
            List.of(InterruptedException.class, CancellationException.class, VirtualMachineError.class);

    private static final RetryConfig DEFAULTS = new RetryConfigBuilder().build();

    /**
     * Checks the settings, all of them, before it refuses any.
     *
     * @param maxAttempts attempts in all
     * @param waitDuration the first wait
     * @param backoff how waits grow
     * @param multiplier the factor of exponential growth
     * @param maxWaitDuration the cap on every wait
     * @param jitter the random part of a wait
     * @param maxDuration the latest start of a retry
     * @param failures what to retry and what to ignore
     * @param resultPredicate which results to retry
     * @param afterElements whether to repeat elements of a stream
     * @param budget how many retries to allow
     */
    public RetryConfig {
        Objects.requireNonNull(waitDuration, "waitDuration");
        Objects.requireNonNull(backoff, "backoff");
        Objects.requireNonNull(maxWaitDuration, "maxWaitDuration");
        Objects.requireNonNull(failures, "failures");
        SettingsCheck check = new SettingsCheck()
                .atLeast("max-attempts", maxAttempts, 1)
                .notNegative("wait-duration", waitDuration)
                .that(
                        multiplier >= 1 && multiplier <= Double.MAX_VALUE,
                        "must be a number of at least 1, but is " + multiplier,
                        "exponential-backoff-multiplier")
                .notNegative("exponential-max-wait-duration", maxWaitDuration)
                .that(
                        waitDuration.compareTo(maxWaitDuration) <= 0 || maxWaitDuration.isNegative(),
                        "contradict each other: the first wait of " + SettingsCheck.text(waitDuration)
                                + " is longer than the longest wait allowed, " + SettingsCheck.text(maxWaitDuration),
                        "wait-duration",
                        "exponential-max-wait-duration")
                .within("jitter", jitter, 0, 1)
                .that(
                        backoff != BackoffType.DECORRELATED || jitter == 1,
                        "contradict each other: decorrelated waits are random by themselves, so jitter must be left at "
                                + "full",
                        "backoff",
                        "jitter")
                .positive("max-duration", maxDuration);
        refuseHopeless(check, failures.includes());
        check.refuseIfWrong();
    }

    /**
     * Three attempts, waits of up to 100 and 200 ms, every {@link Exception}, and the default budget.
     *
     * @return the shared constant
     */
    public static RetryConfig defaults() {
        return DEFAULTS;
    }

    /**
     * Starts from the defaults.
     *
     * @return a new builder
     */
    public static RetryConfigBuilder builder() {
        return new RetryConfigBuilder();
    }

    private static void refuseHopeless(SettingsCheck check, List<Class<? extends Throwable>> listed) {
        for (Class<? extends Throwable> type : listed) {
            boolean hopeless = NEVER_RETRIED.stream().anyMatch(never -> never.isAssignableFrom(type));
            check.that(!hopeless, "names " + type.getName() + ", which is never retried", "retry-exceptions");
        }
    }
}
