package io.steadfast.ratelimiter.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.steadfast.core.InvalidSettingsException;
import io.steadfast.core.SettingsCheck;
import io.steadfast.ratelimiter.Bandwidth;
import io.steadfast.ratelimiter.LimiterConfig;
import io.steadfast.ratelimiter.Scope;
import io.steadfast.ratelimiter.SharedLimitConfig;
import io.steadfast.ratelimiter.autoconfigure.RateLimiterProperties.Settings;
import org.springframework.boot.convert.DurationStyle;

/** Reads what only shared limiters have. Reports everything that is wrong at once. */
final class SharedSettings {

    private static final String MORE = "additional-limits";

    private SharedSettings() {}

    /**
     * The configuration.
     *
     * @throws InvalidSettingsException if something is wrong
     */
    static SharedLimitConfig read(Settings settings) {
        SettingsCheck check = new SettingsCheck()
                .that(settings.getStoreTimeout() != null, "has no value", "store-timeout")
                .that(settings.getStoreProbeInterval() != null, "has no value", "store-probe-interval");
        List<Bandwidth> limits = new ArrayList<>();
        for (String text : settings.getAdditionalLimits()) {
            limits.addAll(bandwidth(text.trim(), check));
        }
        check.refuseIfWrong();
        return new SharedLimitConfig(limits, settings.getStoreTimeout(), settings.getStoreProbeInterval());
    }

    /** A limit that would silently not hold is no limit. */
    static void refuseOnLocal(Settings settings) {
        new SettingsCheck()
                .that(
                        settings.getAdditionalLimits().isEmpty(),
                        "contradict each other: a limiter of this process has one limit, and only a shared one has more",
                        MORE,
                        "scope")
                .refuseIfWrong();
    }

    /** With more permits than a bucket holds a call would never be let in. */
    static void checkPermits(Settings settings, LimiterConfig config) {
        if (config.scope() != Scope.SHARED) {
            return;
        }
        SettingsCheck check = new SettingsCheck();
        for (Bandwidth limit : read(settings).bandwidths(config)) {
            check.that(
                    settings.getPermits() <= limit.limit(),
                    "is more than a shared limit of " + limit + " ever has: " + settings.getPermits(),
                    "permits");
        }
        check.refuseIfWrong();
    }

    /** Such as {@code 1000/1h}. */
    private static List<Bandwidth> bandwidth(String text, SettingsCheck check) {
        int slash = text.indexOf('/');
        try {
            long limit = Long.parseLong(text.substring(0, Math.max(0, slash)).trim());
            Duration period =
                    DurationStyle.detectAndParse(text.substring(slash + 1).trim());
            return List.of(new Bandwidth(limit, period));
        } catch (IllegalArgumentException unreadable) { // a number's misfit is one too
            check.that(false, "must be permits and their period, such as 1000/1h, but has '" + text + "'", MORE);
            return List.of();
        }
    }
}
