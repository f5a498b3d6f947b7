package io.steadfast.ratelimiter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.steadfast.core.SettingsCheck;

/**
 * What a limiter of {@link Scope#SHARED} goes by beside its {@link LimiterConfig}. Immutable, and valid once it exists.
 *
 * @param additionalLimits what holds beside the limit for a period; default none
 * @param storeTimeout how long a call waits for the store's answer at most, longer than zero; default 100 ms
 * @param storeProbeInterval how often a store that is down is asked whether it is back, at most; longer than zero; default 1 s
 */
public record SharedLimitConfig(List<Bandwidth> additionalLimits, Duration storeTimeout, Duration storeProbeInterval) {

    private static final String LIMIT = "limit-for-period";

    private static final String MORE = "additional-limits";

    private static final SharedLimitConfig DEFAULTS =
            new SharedLimitConfig(List.of(), Duration.ofMillis(100), Duration.ofSeconds(1));

    /**
     * Checks the settings.
     *
     * @param additionalLimits what holds beside the limit for a period
     * @param storeTimeout how long to wait for the store
     * @param storeProbeInterval how often to ask whether it is back
     * @throws io.steadfast.core.InvalidSettingsException if they make no sense
     */
    public SharedLimitConfig {
        additionalLimits = List.copyOf(additionalLimits);
        Objects.requireNonNull(storeTimeout, "storeTimeout");
        Objects.requireNonNull(storeProbeInterval, "storeProbeInterval");
        SettingsCheck check = new SettingsCheck()
                .positive("store-timeout", storeTimeout)
                .positive("store-probe-interval", storeProbeInterval);
        for (Bandwidth more : additionalLimits) {
            check.atLeast(MORE, more.limit(), 1).positive(MORE, more.period());
        }
        check.refuseIfWrong();
    }

    /**
     * No additional limits, 100 ms for the store to answer, a probe a second.
     *
     * @return the shared constant
     */
    public static SharedLimitConfig defaults() {
        return DEFAULTS;
    }

    /**
     * All limits that hold, that for a period first.
     *
     * @param config the rest of the limiter's settings
     * @return at least one limit, and none that another one makes pointless
     * @throws io.steadfast.core.InvalidSettingsException if one of them has no effect, or allows more than the store can count
     */
    public List<Bandwidth> bandwidths(LimiterConfig config) {
        List<Bandwidth> all = new ArrayList<>();
        all.add(new Bandwidth(config.limitForPeriod(), config.limitRefreshPeriod()));
        all.addAll(additionalLimits);
        SettingsCheck check = new SettingsCheck();
        for (int i = 0; i < all.size(); i++) {
            check.that(
                    all.get(i).perNano() <= 1,
                    "must not allow more than one permit a nanosecond, but allows " + all.get(i),
                    key(i));
            refuseIdle(check, all, i);
        }
        check.refuseIfWrong();
        return List.copyOf(all);
    }

    /** A limit that never stops a call because another one does before is a mistake of whoever wrote them. */
    private static void refuseIdle(SettingsCheck check, List<Bandwidth> all, int index) {
        Bandwidth idle = all.get(index);
        for (int i = 0; i < all.size(); i++) {
            boolean earlierTwin = i < index || !idle.covers(all.get(i));
            if (i != index && earlierTwin && all.get(i).covers(idle)) {
                check.that(false, "has no effect: " + idle + " is never reached beside " + all.get(i), key(index));
                return;
            }
        }
    }

    private static String key(int index) {
        return index == 0 ? LIMIT : MORE;
    }
}
