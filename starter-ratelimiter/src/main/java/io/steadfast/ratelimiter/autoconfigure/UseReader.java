package io.steadfast.ratelimiter.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.steadfast.core.InvalidSettingsException;
import io.steadfast.core.InvalidSettingsException.Problem;
import io.steadfast.core.SettingsCheck;
import io.steadfast.ratelimiter.KeyFunction;
import io.steadfast.ratelimiter.LimiterConfig;
import io.steadfast.ratelimiter.RateLimiter;
import io.steadfast.ratelimiter.RateLimiterUse;
import io.steadfast.ratelimiter.autoconfigure.RateLimiterProperties.Settings;
import io.steadfast.spring.PolicyRequest;
import io.steadfast.spring.key.CallKey;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/** Works out how one method uses its limiter. Reports everything that is wrong at once, so that it can be mended at once. */
final class UseReader {

    private final PolicyRequest<RateLimiter, Settings> request;

    private final List<Problem> problems = new ArrayList<>();

    UseReader(PolicyRequest<RateLimiter, Settings> request) {
        this.request = request;
    }

    RateLimiterUse read() {
        int permits = request.settings().getPermits();
        attempt(() -> checkPermits(permits, new SettingsReader(request.settings()).read()));
        attempt(() -> SharedSettings.checkPermits(request.settings(), new SettingsReader(request.settings()).read()));
        KeyFunction key = key();
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        return new RateLimiterUse(permits, key);
    }

    private static void checkPermits(int permits, LimiterConfig config) {
        new SettingsCheck()
                .atLeast("permits", permits, 1)
                .that(
                        config.canEverGive(permits),
                        "contradict each other: a call that takes " + permits + " permits, of "
                                + config.limitForPeriod()
                                + " in each " + SettingsCheck.text(config.limitRefreshPeriod())
                                + ", would never be let in if it may wait for "
                                + SettingsCheck.text(config.timeoutDuration()),
                        "permits",
                        "limit-for-period",
                        "timeout-duration")
                .refuseIfWrong();
    }

    private @Nullable KeyFunction key() {
        String expression = request.settings().getKey();
        if (!StringUtils.hasText(expression)) {
            return null;
        }
        try {
            CallKey key = CallKey.of(
                    expression.trim(),
                    request.method().method(),
                    request.method().beanClass());
            return key::keyOf;
        } catch (InvalidSettingsException refusal) {
            problems.addAll(refusal.problems());
            return null;
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
