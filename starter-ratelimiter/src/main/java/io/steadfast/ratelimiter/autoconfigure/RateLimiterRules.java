package io.steadfast.ratelimiter.autoconfigure;

import java.time.Duration;

import io.steadfast.ratelimiter.RateLimiterPolicy;
import io.steadfast.ratelimiter.Scope;
import io.steadfast.ratelimiter.StoreDown;
import io.steadfast.spring.CallRule;
import io.steadfast.spring.GuardedCallSettings;
import io.steadfast.spring.GuardedCallSettings.Setting;
import org.springframework.core.env.Environment;

/** Settings of a limiter that do nothing beside its others. */
final class RateLimiterRules implements CallRule {

    private static final String DEFAULTS = "resilience." + RateLimiterPolicy.KIND + ".defaults.";

    private static final Idle NO_KEY = new Idle("no key", "Give the method or the instance a key");

    private static final Idle NO_STORE =
            new Idle("its scope is local, which needs no store", "Set the scope to shared");

    private final Environment environment;

    RateLimiterRules(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void check(GuardedCallSettings call, Findings findings) {
        if (call.find(RateLimiterPolicy.KIND, "key", String.class).isEmpty()) {
            warnOfIdleSetting(call, "max-keys", Integer.class, NO_KEY, findings);
            warnOfIdleSetting(call, "key-idle-time", Duration.class, NO_KEY, findings);
        }
        if (call.find(RateLimiterPolicy.KIND, "scope", Scope.class)
                .filter(scope -> scope.value() == Scope.LOCAL)
                .isPresent()) {
            warnOfIdleSetting(call, "store-down", StoreDown.class, NO_STORE, findings);
            warnOfIdleSetting(call, "store-timeout", Duration.class, NO_STORE, findings);
            warnOfIdleSetting(call, "store-probe-interval", Duration.class, NO_STORE, findings);
            warnOfIdleSetting(call, "store-key", String.class, NO_STORE, findings);
        }
    }

    /** Not if it stands among the defaults: there it is meant for those that have a key. */
    private <T> void warnOfIdleSetting(
            GuardedCallSettings call, String key, Class<T> type, Idle idle, Findings findings) {
        call.find(RateLimiterPolicy.KIND, key, type)
                .filter(Setting::isChosen)
                .filter(setting -> !environment.containsProperty(DEFAULTS + key))
                .ifPresent(setting -> findings.warn(
                        "has " + key + ", but " + idle.because(), idle.mend() + ", or remove " + key + ".", setting));
    }

    /**
     * Why a setting does nothing.
     *
     * @param because in words that follow the setting
     * @param mend what gives it something to do
     */
    private record Idle(String because, String mend) {}
}
