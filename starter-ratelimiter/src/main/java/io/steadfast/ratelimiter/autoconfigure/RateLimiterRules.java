package io.steadfast.ratelimiter.autoconfigure;

import java.time.Duration;
import java.util.Optional;

import io.steadfast.ratelimiter.RateLimiterPolicy;
import io.steadfast.spring.CallRule;
import io.steadfast.spring.GuardedCallSettings;
import io.steadfast.spring.GuardedCallSettings.Setting;
import org.springframework.core.env.Environment;

/** What the settings of a limiter must not say beside those of other policies, or of each other. */
final class RateLimiterRules implements CallRule {

    private static final String DEFAULTS = "resilience." + RateLimiterPolicy.KIND + ".defaults.";

    private final Environment environment;

    RateLimiterRules(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void check(GuardedCallSettings call, Findings findings) {
        refuseWaitBeyond(call, "timeout.total", "total", findings);
        refuseWaitBeyond(call, "timeout", "limit", findings);
        if (call.find(RateLimiterPolicy.KIND, "key", String.class).isEmpty()) {
            warnOfIdleSetting(call, "max-keys", Integer.class, findings);
            warnOfIdleSetting(call, "key-idle-time", Duration.class, findings);
        }
    }

    /** A wait that lies inside a time limit ends with it: to allow more is a mistake about one of the two. */
    private static void refuseWaitBeyond(GuardedCallSettings call, String place, String key, Findings findings) {
        int limiter = call.places().indexOf(RateLimiterPolicy.KIND);
        int limit = call.places().indexOf(place);
        if (limit < 0 || limit > limiter) {
            return;
        }
        Optional<Setting<Duration>> wait = call.find(RateLimiterPolicy.KIND, "timeout-duration", Duration.class);
        Optional<Setting<Duration>> time = call.find("timeout", key, Duration.class);
        if (wait.isPresent()
                && time.isPresent()
                && wait.get().isChosen()
                && time.get().isChosen()
                && wait.get().value().compareTo(time.get().value()) > 0) {
            findings.refuse(
                    "may wait for permits longer than it may last",
                    "Shorten the timeout-duration, or lengthen the " + key + ".",
                    wait.get(),
                    time.get());
        }
    }

    /** Not if it stands among the defaults: there it is meant for those that have a key. */
    private <T> void warnOfIdleSetting(GuardedCallSettings call, String key, Class<T> type, Findings findings) {
        call.find(RateLimiterPolicy.KIND, key, type)
                .filter(Setting::isChosen)
                .filter(setting -> !environment.containsProperty(DEFAULTS + key))
                .ifPresent(setting -> findings.warn(
                        "has " + key + ", but no key",
                        "Give the method or the instance a key, or remove " + key + ".",
                        setting));
    }
}
