package io.steadfast.ratelimiter;

import io.steadfast.core.SettingsCheck;
import org.jspecify.annotations.Nullable;

/**
 * How one method uses a limiter that it may share with others: a {@linkplain io.steadfast.core.Call#trait trait} of its calls.
 * A call without it takes one permit and has no key.
 *
 * @param permits how many permits each call takes, at least 1
 * @param key whose limit a call counts against; {@code null} if all calls have one
 */
public record RateLimiterUse(int permits, @Nullable KeyFunction key) {

    /**
     * Checks the number of permits.
     *
     * @param permits how many permits each call takes, at least 1
     * @param key whose limit a call counts against; {@code null} if all calls have one
     * @throws io.steadfast.core.InvalidSettingsException if there are none to take
     */
    public RateLimiterUse {
        new SettingsCheck().atLeast("permits", permits, 1).refuseIfWrong();
    }
}
