package io.steadfast.ratelimiter;

import java.time.Duration;
import java.util.Objects;

import io.steadfast.core.SettingsCheck;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link RateLimiterPolicy} goes by. Immutable, and valid once it exists: settings that make no sense are refused with
 * an {@link io.steadfast.core.InvalidSettingsException}.
 *
 * @param limitForPeriod how many permits there are in each period, at least 1; default 50
 * @param limitRefreshPeriod how long a period is, longer than zero and at most 3650 days; default 1 s
 * @param timeoutDuration how long a call may wait for permits, at most 3650 days; 0, the default, to be refused at once
 * @param scope who counts together; default {@link Scope#LOCAL}
 * @param storeDown what a shared limit does while its store does not answer; default {@link StoreDown#LOCAL}
 * @param maxKeys how many keys are told apart at the same time, from 1 to 10 000 000; default 10 000
 * @param keyIdleTime how long a key must not have been used to be forgotten, at least one period; {@code null}, the default,
 *     for 10 minutes, or one period if that is longer
 */
public record LimiterConfig(
        int limitForPeriod,
        Duration limitRefreshPeriod,
        Duration timeoutDuration,
        Scope scope,
        StoreDown storeDown,
        int maxKeys,
        @Nullable Duration keyIdleTime) {

    static final Duration LONGEST = Duration.ofDays(3650);

    /** There is a place for each, from the first key on. */
    private static final int MOST_KEYS = 10_000_000;

    private static final LimiterConfig DEFAULTS = builder().build();

    /**
     * Checks the settings, all of them, before it refuses any.
     *
     * @param limitForPeriod permits in each period
     * @param limitRefreshPeriod how long a period is
     * @param timeoutDuration how long a call may wait
     * @param scope who counts together
     * @param storeDown what to do without the store
     * @param maxKeys how many keys to tell apart
     * @param keyIdleTime when to forget a key
     */
    public LimiterConfig {
        Objects.requireNonNull(limitRefreshPeriod, "limitRefreshPeriod");
        Objects.requireNonNull(timeoutDuration, "timeoutDuration");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(storeDown, "storeDown");
        SettingsCheck check = new SettingsCheck()
                .atLeast("limit-for-period", limitForPeriod, 1)
                .positive("limit-refresh-period", limitRefreshPeriod)
                .notNegative("timeout-duration", timeoutDuration)
                .atLeast("max-keys", maxKeys, 1)
                .that(maxKeys <= MOST_KEYS, "must be at most " + MOST_KEYS + ", but is " + maxKeys, "max-keys")
                .positive("key-idle-time", keyIdleTime);
        notTooLong(check, "limit-refresh-period", limitRefreshPeriod);
        notTooLong(check, "timeout-duration", timeoutDuration);
        notTooLong(check, "key-idle-time", keyIdleTime);
        check.that(
                        keyIdleTime == null || keyIdleTime.compareTo(limitRefreshPeriod) >= 0,
                        "contradict each other: a key forgotten within its period has all permits again, so the idle time of "
                                + SettingsCheck.text(keyIdleTime) + " must not be shorter than the period of "
                                + SettingsCheck.text(limitRefreshPeriod),
                        "key-idle-time",
                        "limit-refresh-period")
                .refuseIfWrong();
    }

    /**
     * 50 permits a second, refusal at once, in this process.
     *
     * @return the shared constant
     */
    public static LimiterConfig defaults() {
        return DEFAULTS;
    }

    /**
     * Starts from the defaults.
     *
     * @return a new builder
     */
    public static LimiterConfigBuilder builder() {
        return new LimiterConfigBuilder();
    }

    /**
     * Whether so many permits can ever be had: those beyond one period's have to be waited for.
     *
     * @param permits how many a call takes
     * @return {@code false} if each such call would be refused
     */
    public boolean canEverGive(int permits) {
        long furtherPeriods = (permits - 1L) / limitForPeriod;
        return furtherPeriods == 0 || furtherPeriods <= timeoutDuration.toNanos() / limitRefreshPeriod.toNanos();
    }

    /** Nanoseconds of 292 years fill a {@code long}: sums of a few durations must stay below. */
    private static void notTooLong(SettingsCheck check, String key, @Nullable Duration value) {
        check.that(
                value == null || value.compareTo(LONGEST) <= 0,
                "must be at most 3650d, but is " + SettingsCheck.text(value),
                key);
    }
}
