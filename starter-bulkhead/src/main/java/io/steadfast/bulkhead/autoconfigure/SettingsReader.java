package io.steadfast.bulkhead.autoconfigure;

import io.steadfast.bulkhead.AdaptiveLimitConfig;
import io.steadfast.bulkhead.BulkheadConfig;
import io.steadfast.bulkhead.autoconfigure.BulkheadProperties.Settings;
import io.steadfast.core.SettingsCheck;
import org.jspecify.annotations.Nullable;

/** Turns properties into a configuration. */
final class SettingsReader {

    private final Settings settings;

    SettingsReader(Settings settings) {
        this.settings = settings;
    }

    BulkheadConfig read() {
        refuseMissing();
        return BulkheadConfig.builder()
                .maxConcurrentCalls(settings.getMaxConcurrentCalls())
                .maxWaitDuration(settings.getMaxWaitDuration())
                .queueCapacity(settings.getQueueCapacity())
                .queueOrder(settings.getQueueOrder())
                .adaptive(adaptive())
                .build();
    }

    private @Nullable AdaptiveLimitConfig adaptive() {
        Settings.Adaptive adaptive = settings.getAdaptive();
        if (!adaptive.isEnabled()) {
            return null;
        }
        return new AdaptiveLimitConfig(
                adaptive.getAlgorithm(),
                adaptive.getInitialLimit(),
                adaptive.getMinLimit(),
                adaptive.getMaxLimit(),
                adaptive.getWindow());
    }

    /** A key without a value is bound as {@code null}, whatever the field was before. */
    private void refuseMissing() {
        SettingsCheck check = new SettingsCheck();
        require(check, settings.getMaxWaitDuration(), "max-wait-duration");
        require(check, settings.getQueueOrder(), "queue-order");
        require(check, settings.getAdaptive().getAlgorithm(), "adaptive.algorithm");
        require(check, settings.getAdaptive().getWindow(), "adaptive.window");
        check.refuseIfWrong();
    }

    private static void require(SettingsCheck check, @Nullable Object value, String key) {
        check.that(value != null, "has no value", key);
    }
}
