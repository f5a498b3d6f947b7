package io.steadfast.ratelimiter.autoconfigure;

import io.steadfast.core.SettingsCheck;
import io.steadfast.ratelimiter.LimiterConfig;
import io.steadfast.ratelimiter.autoconfigure.RateLimiterProperties.Settings;
import org.jspecify.annotations.Nullable;

/** Turns properties into a configuration. */
final class SettingsReader {

    private final Settings settings;

    SettingsReader(Settings settings) {
        this.settings = settings;
    }

    /**
     * The configuration.
     *
     * @throws io.steadfast.core.InvalidSettingsException if something is wrong; it names all that is
     */
    LimiterConfig read() {
        refuseMissing();
        return LimiterConfig.builder()
                .limitForPeriod(settings.getLimitForPeriod())
                .limitRefreshPeriod(settings.getLimitRefreshPeriod())
                .timeoutDuration(settings.getTimeoutDuration())
                .scope(settings.getScope())
                .storeDown(settings.getStoreDown())
                .maxKeys(settings.getMaxKeys())
                .keyIdleTime(settings.getKeyIdleTime())
                .build();
    }

    /** A key without a value is bound as {@code null}, whatever the field was before. */
    private void refuseMissing() {
        SettingsCheck check = new SettingsCheck();
        require(check, settings.getLimitRefreshPeriod(), "limit-refresh-period");
        require(check, settings.getTimeoutDuration(), "timeout-duration");
        require(check, settings.getScope(), "scope");
        require(check, settings.getStoreDown(), "store-down");
        check.refuseIfWrong();
    }

    private static void require(SettingsCheck check, @Nullable Object value, String key) {
        check.that(value != null, "has no value", key);
    }
}
