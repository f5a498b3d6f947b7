package io.steadfast.bulkhead.autoconfigure;

import java.time.Duration;
import java.util.Optional;

import io.steadfast.bulkhead.AdaptiveAlgorithm;
import io.steadfast.bulkhead.BulkheadPolicy;
import io.steadfast.bulkhead.QueueOrder;
import io.steadfast.spring.CallRule;
import io.steadfast.spring.GuardedCallSettings;
import io.steadfast.spring.GuardedCallSettings.Setting;

/** Points out settings that somebody chose and that do nothing, because the switch beside them was left alone. */
final class SettingsWithoutEffect implements CallRule {

    private static final String BULKHEAD = BulkheadPolicy.KIND;

    @Override
    public void check(GuardedCallSettings call, Findings findings) {
        isLeft(call.find(BULKHEAD, "adaptive.enabled", Boolean.class), false).ifPresent(enabled -> {
            warnOfAdaptive("algorithm", AdaptiveAlgorithm.class, enabled, call, findings);
            warnOfAdaptive("initial-limit", Integer.class, enabled, call, findings);
            warnOfAdaptive("min-limit", Integer.class, enabled, call, findings);
            warnOfAdaptive("max-limit", Integer.class, enabled, call, findings);
            warnOfAdaptive("window", Duration.class, enabled, call, findings);
        });
        isLeft(call.find(BULKHEAD, "max-wait-duration", Duration.class), Duration.ZERO)
                .ifPresent(wait -> call.find(BULKHEAD, "queue-order", QueueOrder.class)
                        .filter(Setting::isChosen)
                        .ifPresent(order -> findings.warn(
                                "its bulkhead's queue-order has no effect, because no call waits",
                                "Give max-wait-duration a value; or set it to 0, to say that this is meant.",
                                order,
                                wait)));
    }

    private static void warnOfAdaptive(
            String key, Class<?> type, Setting<Boolean> enabled, GuardedCallSettings call, Findings findings) {
        call.find(BULKHEAD, "adaptive." + key, type)
                .filter(Setting::isChosen)
                .ifPresent(set -> findings.warn(
                        "its bulkhead's adaptive." + key + " has no effect, because its limit is fixed",
                        "Set adaptive.enabled to true; or to false, to say that this is meant.",
                        set,
                        enabled));
    }

    /** A setting that nobody chose and that has a value. */
    private static <T> Optional<Setting<T>> isLeft(Optional<Setting<T>> setting, T value) {
        return setting.filter(left -> !left.isChosen() && left.value().equals(value));
    }
}
