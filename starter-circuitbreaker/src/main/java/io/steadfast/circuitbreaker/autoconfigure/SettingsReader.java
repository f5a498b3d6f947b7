package io.steadfast.circuitbreaker.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.steadfast.circuitbreaker.BreakerConfig;
import io.steadfast.circuitbreaker.BreakerConfigBuilder;
import io.steadfast.circuitbreaker.autoconfigure.CircuitBreakerProperties.Settings;
import io.steadfast.core.InvalidSettingsException;
import io.steadfast.core.InvalidSettingsException.Problem;
import io.steadfast.core.SettingsCheck;
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

    BreakerConfig read() {
        attempt(this::refuseMissing);
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        BreakerConfigBuilder builder = BreakerConfig.builder();
        addPredicates(builder);
        BreakerConfig config = build(builder);
        if (config == null || !problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        return config;
    }

    private @Nullable BreakerConfig build(BreakerConfigBuilder builder) {
        try {
            return builder.slidingWindowType(settings.getSlidingWindowType())
                    .slidingWindowSize(settings.getSlidingWindowSize())
                    .minimumNumberOfCalls(settings.getMinimumNumberOfCalls())
                    .slidingWindowSynchronizationStrategy(settings.getSlidingWindowSynchronizationStrategy())
                    .failureRateThreshold(settings.getFailureRateThreshold())
                    .slowCallRateThreshold(settings.getSlowCallRateThreshold())
                    .slowCallDurationThreshold(settings.getSlowCallDurationThreshold())
                    .waitDurationInOpenState(settings.getWaitDurationInOpenState())
                    .maxWaitDurationInOpenState(settings.getMaxWaitDurationInOpenState())
                    .openJitter(settings.getOpenJitter())
                    .probeIntervalInOpenState(settings.getProbeIntervalInOpenState())
                    .automaticTransitionFromOpenToHalfOpenEnabled(
                            settings.isAutomaticTransitionFromOpenToHalfOpenEnabled())
                    .permittedNumberOfCallsInHalfOpenState(settings.getPermittedNumberOfCallsInHalfOpenState())
                    .maxWaitDurationInHalfOpenState(settings.getMaxWaitDurationInHalfOpenState())
                    .transitionToStateAfterWaitDuration(settings.getTransitionToStateAfterWaitDuration())
                    .recordExceptions(settings.getRecordExceptions())
                    .ignoreExceptions(settings.getIgnoreExceptions())
                    .initialState(settings.getInitialState())
                    .writableStackTraceEnabled(settings.isWritableStackTraceEnabled())
                    .build();
        } catch (InvalidSettingsException refusal) {
            problems.addAll(refusal.problems());
            return null;
        }
    }

    /** A key without a value is bound as {@code null}, whatever the field was before. */
    private void refuseMissing() {
        SettingsCheck check = new SettingsCheck();
        require(check, settings.getSlidingWindowType(), "sliding-window-type");
        require(check, settings.getSlidingWindowSynchronizationStrategy(), "sliding-window-synchronization-strategy");
        require(check, settings.getWaitDurationInOpenState(), "wait-duration-in-open-state");
        require(check, settings.getProbeIntervalInOpenState(), "probe-interval-in-open-state");
        require(check, settings.getMaxWaitDurationInHalfOpenState(), "max-wait-duration-in-half-open-state");
        require(check, settings.getTransitionToStateAfterWaitDuration(), "transition-to-state-after-wait-duration");
        require(check, settings.getInitialState(), "initial-state");
        check.refuseIfWrong();
    }

    private static void require(SettingsCheck check, @Nullable Object value, String key) {
        check.that(value != null, "has no value", key);
    }

    private void addPredicates(BreakerConfigBuilder builder) {
        this.<Throwable>find(
                "record-failure-predicate", settings.getRecordFailurePredicate(), builder::recordFailurePredicate);
        this.<Throwable>find(
                "ignore-exception-predicate",
                settings.getIgnoreExceptionPredicate(),
                builder::ignoreExceptionPredicate);
        this.<Object>find(
                "record-result-predicate", settings.getRecordResultPredicate(), builder::recordResultPredicate);
    }

    private <T> void find(String key, @Nullable String name, Consumer<Predicate<T>> then) {
        if (StringUtils.hasText(name)) {
            attempt(() -> then.accept(new NamedPredicate(key, name.trim(), beans).find()));
        }
    }

    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (InvalidSettingsException refusal) {
            problems.addAll(refusal.problems());
        }
    }
}
