package io.steadfast.retry.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.steadfast.core.InvalidSettingsException;
import io.steadfast.core.InvalidSettingsException.Problem;
import io.steadfast.core.RetryBudgetConfig;
import io.steadfast.core.SettingsCheck;
import io.steadfast.retry.RetryConfig;
import io.steadfast.retry.RetryConfigBuilder;
import io.steadfast.retry.autoconfigure.RetryProperties.Settings;
import io.steadfast.spring.NamedPredicate;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.util.StringUtils;

/** Turns properties into a configuration. Reports everything that is wrong at once, so that it can be mended at once. */
final class SettingsReader {

    private final Settings settings;

    private final BeanFactory beans;

    private final List<Problem> problems = new ArrayList<>();

    SettingsReader(Settings settings, BeanFactory beans) {
        this.settings = settings;
        this.beans = beans;
    }

    RetryConfig read() {
        attempt(this::refuseMissing);
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        RetryConfigBuilder builder = RetryConfig.builder();
        attempt(() -> builder.jitter(jitter(settings.getJitter())));
        attempt(() -> addResultPredicate(builder));
        attempt(() -> addBudget(builder));
        RetryConfig config = build(builder);
        if (config == null || !problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        return config;
    }

    private @Nullable RetryConfig build(RetryConfigBuilder builder) {
        try {
            return builder.maxAttempts(settings.getMaxAttempts())
                    .waitDuration(settings.getWaitDuration())
                    .backoff(settings.getBackoff())
                    .multiplier(settings.getExponentialBackoffMultiplier())
                    .maxWaitDuration(settings.getExponentialMaxWaitDuration())
                    .maxDuration(settings.getMaxDuration())
                    .retryExceptions(settings.getRetryExceptions())
                    .ignoreExceptions(settings.getIgnoreExceptions())
                    .afterElements(settings.isRetryAfterElements())
                    .build();
        } catch (InvalidSettingsException refusal) {
            problems.addAll(refusal.problems());
            return null;
        }
    }

    /** A key without a value is bound as {@code null}, whatever the field was before. */
    private void refuseMissing() {
        new SettingsCheck()
                .that(settings.getWaitDuration() != null, "has no value", "wait-duration")
                .that(settings.getBackoff() != null, "has no value", "backoff")
                .that(settings.getExponentialMaxWaitDuration() != null, "has no value", "exponential-max-wait-duration")
                .that(StringUtils.hasText(settings.getJitter()), "has no value", "jitter")
                .that(settings.getBudget().getWindow() != null, "has no value", "budget.window")
                .refuseIfWrong();
    }

    private void addResultPredicate(RetryConfigBuilder builder) {
        String name = settings.getResultPredicate();
        if (StringUtils.hasText(name)) {
            builder.resultPredicate(new NamedPredicate("result-predicate", name.trim(), beans).find());
        }
    }

    private void addBudget(RetryConfigBuilder builder) {
        RetryProperties.Settings.Budget budget = settings.getBudget();
        if (budget.isEnabled()) {
            builder.budget(new RetryBudgetConfig(budget.getRatio(), budget.getReservePerSecond(), budget.getWindow()));
        } else {
            builder.withoutBudget();
        }
    }

    private static double jitter(String text) {
        String word = text.trim();
        if (word.equalsIgnoreCase("full")) {
            return 1;
        }
        if (word.equalsIgnoreCase("none")) {
            return 0;
        }
        try {
            double part = Double.parseDouble(word);
            if (part >= 0 && part <= 1) {
                return part;
            }
        } catch (NumberFormatException noNumber) {
            // told below, together with numbers out of range
        }
        throw new InvalidSettingsException(List.of(new Problem(
                List.of("jitter"), "must be full, none, or a number between 0 and 1, but is '" + text + "'")));
    }

    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (InvalidSettingsException refusal) {
            problems.addAll(refusal.problems());
        }
    }
}
