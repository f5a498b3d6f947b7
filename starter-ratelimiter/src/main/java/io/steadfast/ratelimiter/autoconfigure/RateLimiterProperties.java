package io.steadfast.ratelimiter.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.steadfast.ratelimiter.Scope;
import io.steadfast.ratelimiter.StoreDown;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The shape of {@code resilience.rate-limiter.*}, for editors and the reference. The values that count are bound per
 * instance, on top of the defaults, the instance's base and the annotation.
 */
@ConfigurationProperties("resilience.rate-limiter")
class RateLimiterProperties {

    /** What holds for every rate limiter unless its instance says otherwise. */
    private final Settings defaults = new Settings();

    /** Settings of rate limiters, by the name that annotations give. */
    private final Map<String, Settings> instances = new LinkedHashMap<>();

    public Settings getDefaults() {
        return defaults;
    }

    public Map<String, Settings> getInstances() {
        return instances;
    }

    /** The settings of one rate limiter, initially the built-in ones. Public for those who fill it by reflection. */
    public static class Settings {

        /** Whether calls pass a rate limiter. */
        private boolean enabled = true;

        /** Instance whose settings this one starts from; has no effect among the defaults. */
        private @Nullable String base;

        /** Permits that there are in each period; those left over at its end are gone. */
        private int limitForPeriod = 50;

        /** Length of a period. */
        private Duration limitRefreshPeriod = Duration.ofSeconds(1);

        /** How long a call may wait for its permits; one that would have to wait longer is refused at once. */
        private Duration timeoutDuration = Duration.ofSeconds(0);

        /** Permits that one call takes. */
        private int permits = 1;

        /** Who counts together: each process for itself, or all that share a store. */
        private Scope scope = Scope.LOCAL;

        /** Limits that hold beside limit-for-period, each as permits and period: 1000/1h. For a shared limit only. */
        private List<String> additionalLimits = new ArrayList<>();

        /** What a shared limit does while its store does not answer: keep it in this process, admit or refuse all. */
        private StoreDown storeDown = StoreDown.LOCAL;

        /** How long a call waits for the answer of a shared limit's store; then store-down says what to do. */
        private Duration storeTimeout = Duration.ofMillis(100);

        /** How often a store that does not answer is asked whether it is back, at most. */
        private Duration storeProbeInterval = Duration.ofSeconds(1);

        /**
         * Name of a shared limit in its store; applications that give the same share it. By default the application's name
         * and that of the instance.
         */
        private @Nullable String storeKey;

        /**
         * Expression that says whose limit a call counts against, such as #customer.id; each key has the
         * whole limit for itself. Without a value all calls have one limit.
         */
        private @Nullable String key;

        /** Keys told apart at the same time; beyond, those are forgotten that have used least of their limit. */
        private int maxKeys = 10_000;

        /** Time without use after which a key is forgotten. Default 10m, or limit-refresh-period if that is longer. */
        private @Nullable Duration keyIdleTime;

        public boolean isEnabled() {
            return enabled;
        }

        public void setEnabled(boolean enabled) {
            this.enabled = enabled;
        }

        public @Nullable String getBase() {
            return base;
        }

        public void setBase(@Nullable String base) {
            this.base = base;
        }

        public int getLimitForPeriod() {
            return limitForPeriod;
        }

        public void setLimitForPeriod(int limitForPeriod) {
            this.limitForPeriod = limitForPeriod;
        }

        public Duration getLimitRefreshPeriod() {
            return limitRefreshPeriod;
        }

        public void setLimitRefreshPeriod(Duration limitRefreshPeriod) {
            this.limitRefreshPeriod = limitRefreshPeriod;
        }

        public Duration getTimeoutDuration() {
            return timeoutDuration;
        }

        public void setTimeoutDuration(Duration timeoutDuration) {
            this.timeoutDuration = timeoutDuration;
        }

        public int getPermits() {
            return permits;
        }

        public void setPermits(int permits) {
            this.permits = permits;
        }

        public Scope getScope() {
            return scope;
        }

        public void setScope(Scope scope) {
            this.scope = scope;
        }

        public List<String> getAdditionalLimits() {
            return additionalLimits;
        }

        public void setAdditionalLimits(List<String> additionalLimits) {
            this.additionalLimits = additionalLimits;
        }

        public Duration getStoreTimeout() {
            return storeTimeout;
        }

        public void setStoreTimeout(Duration storeTimeout) {
            this.storeTimeout = storeTimeout;
        }

        public Duration getStoreProbeInterval() {
            return storeProbeInterval;
        }

        public void setStoreProbeInterval(Duration storeProbeInterval) {
            this.storeProbeInterval = storeProbeInterval;
        }

        public @Nullable String getStoreKey() {
            return storeKey;
        }

        public void setStoreKey(@Nullable String storeKey) {
            this.storeKey = storeKey;
        }

        public StoreDown getStoreDown() {
            return storeDown;
        }

        public void setStoreDown(StoreDown storeDown) {
            this.storeDown = storeDown;
        }

        public @Nullable String getKey() {
            return key;
        }

        public void setKey(@Nullable String key) {
            this.key = key;
        }

        public int getMaxKeys() {
            return maxKeys;
        }

        public void setMaxKeys(int maxKeys) {
            this.maxKeys = maxKeys;
        }

        public @Nullable Duration getKeyIdleTime() {
            return keyIdleTime;
        }

        public void setKeyIdleTime(@Nullable Duration keyIdleTime) {
            this.keyIdleTime = keyIdleTime;
        }
    }
}
