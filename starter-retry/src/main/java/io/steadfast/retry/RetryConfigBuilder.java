package io.steadfast.retry;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

import io.steadfast.core.FailureFilter;
import io.steadfast.core.RetryBudgetConfig;
import org.jspecify.annotations.Nullable;

/** Builds a {@link RetryConfig}, starting from the defaults. Not thread-safe. */
public final class RetryConfigBuilder {

    private int maxAttempts = 3;

    private Duration waitDuration = Duration.ofMillis(100);

    private BackoffType backoff = BackoffType.EXPONENTIAL;

    private double multiplier = 2;

    private Duration maxWaitDuration = Duration.ofSeconds(5);

    private double jitter = 1;

    private @Nullable Duration maxDuration;

    private List<Class<? extends Throwable>> retryExceptions = List.of();

    private List<Class<? extends Throwable>> ignoreExceptions = List.of();

    private @Nullable Predicate<Object> resultPredicate;

    private boolean afterElements;

    private @Nullable RetryBudgetConfig budget = RetryBudgetConfig.defaults();

    RetryConfigBuilder() {}

    /**
     * Sets how often a call may be tried.
     *
     * @param attempts the number, the first attempt included; at least 1
     * @return this builder
     */
    public RetryConfigBuilder maxAttempts(int attempts) {
        this.maxAttempts = attempts;
        return this;
    }

    /**
     * Sets the first wait.
     *
     * @param wait how long, 0 for at once
     * @return this builder
     */
    public RetryConfigBuilder waitDuration(Duration wait) {
        this.waitDuration = wait;
        return this;
    }

    /**
     * Sets how waits grow.
     *
     * @param type the kind of growth
     * @return this builder
     */
    public RetryConfigBuilder backoff(BackoffType type) {
        this.backoff = type;
        return this;
    }

    /**
     * Sets the factor of exponential growth.
     *
     * @param factor at least 1
     * @return this builder
     */
    public RetryConfigBuilder multiplier(double factor) {
        this.multiplier = factor;
        return this;
    }

    /**
     * Caps every wait.
     *
     * @param longest the longest wait, not shorter than the first one
     * @return this builder
     */
    public RetryConfigBuilder maxWaitDuration(Duration longest) {
        this.maxWaitDuration = longest;
        return this;
    }

    /**
     * Sets which part of a wait is random.
     *
     * @param part from 0 for none of it to 1 for all of it
     * @return this builder
     */
    public RetryConfigBuilder jitter(double part) {
        this.jitter = part;
        return this;
    }

    /**
     * Allows no retry that would start later than this after the call did. Costs a clock read per call.
     *
     * @param longest longer than zero; {@code null} for no limit
     * @return this builder
     */
    public RetryConfigBuilder maxDuration(@Nullable Duration longest) {
        this.maxDuration = longest;
        return this;
    }

    /**
     * Names the only failures to retry. They are looked for down the cause chain. Errors and refusals of ours are retried
     * only if they are named here by a class of their own kind.
     *
     * @param types exception classes; none for every {@link Exception}
     * @return this builder
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public final RetryConfigBuilder retryExceptions(Class<? extends Throwable>... types) {
        return retryExceptions(List.of(types));
    }

    /**
     * Names the only failures to retry, as a list.
     *
     * @param types exception classes; none for every {@link Exception}
     * @return this builder
     */
    public RetryConfigBuilder retryExceptions(List<Class<? extends Throwable>> types) {
        this.retryExceptions = List.copyOf(types);
        return this;
    }

    /**
     * Names failures not to retry, whatever else is said. They are looked for down the cause chain.
     *
     * @param types exception classes
     * @return this builder
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public final RetryConfigBuilder ignoreExceptions(Class<? extends Throwable>... types) {
        return ignoreExceptions(List.of(types));
    }

    /**
     * Names failures not to retry, as a list.
     *
     * @param types exception classes
     * @return this builder
     */
    public RetryConfigBuilder ignoreExceptions(List<Class<? extends Throwable>> types) {
        this.ignoreExceptions = List.copyOf(types);
        return this;
    }

    /**
     * Says which results are to be retried. One that throws is taken to have said no.
     *
     * @param predicate asked on every result, {@code null} included; {@code null} for no such predicate
     * @return this builder
     */
    public RetryConfigBuilder resultPredicate(@Nullable Predicate<Object> predicate) {
        this.resultPredicate = predicate;
        return this;
    }

    /**
     * Says whether a stream is retried even after it has handed on elements, which are then repeated.
     *
     * @param retried {@code true} to retry it
     * @return this builder
     */
    public RetryConfigBuilder afterElements(boolean retried) {
        this.afterElements = retried;
        return this;
    }

    /**
     * Sets the budget.
     *
     * @param limits how many retries to allow among all calls
     * @return this builder
     */
    public RetryConfigBuilder budget(RetryBudgetConfig limits) {
        this.budget = Objects.requireNonNull(limits, "limits");
        return this;
    }

    /**
     * Retries without a budget: a target that fails for everybody gets every call {@code maxAttempts} times.
     *
     * @return this builder
     */
    public RetryConfigBuilder withoutBudget() {
        this.budget = null;
        return this;
    }

    /**
     * Checks the settings.
     *
     * @return the configuration
     * @throws io.steadfast.core.InvalidSettingsException if they make no sense
     */
    public RetryConfig build() {
        return new RetryConfig(
                maxAttempts,
                waitDuration,
                backoff,
                multiplier,
                maxWaitDuration,
                jitter,
                maxDuration,
                new FailureFilter(retryExceptions, ignoreExceptions),
                resultPredicate,
                afterElements,
                budget);
    }
}
