package io.steadfast.hedge.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The shape of {@code resilience.hedge.*}, for editors and the reference. The values that count are bound per instance, on top of the
 * defaults, the instance's base and the annotation.
 */
@ConfigurationProperties("resilience.hedge")
class HedgeProperties {

    /** What holds for every hedge instance unless the instance or its annotation says otherwise. */
    private final Settings defaults = new Settings();

    /** Settings of hedge instances, by the name that annotations give. */
    private final Map<String, Settings> instances = new LinkedHashMap<>();

    public Settings getDefaults() {
        return defaults;
    }

    public Map<String, Settings> getInstances() {
        return instances;
    }

    /** The settings of one hedge instance, initially the built-in ones. Public for those who fill it by reflection. */
    public static class Settings {

        /** Whether calls that take long get a second attempt beside the first. */
        private boolean enabled = true;

        /** Instance whose settings this one starts from; has no effect among the defaults. */
        private @Nullable String base;

        /** How long an attempt runs before another one may begin beside it; without a value as long as all but the share of extra-load of calls take. */
        private @Nullable Duration delay;

        /** Share of calls that may be made twice. */
        private double extraLoad = 0.05;

        /** Attempts that may run beside the first of one call. */
        private int maxExtra = 1;

        /** Calls to be measured before anything is hedged; has no effect where the delay is fixed. */
        private int minimumCalls = 100;

        /** How far back calls count, for the delay and for the share of extra-load. */
        private Duration window = Duration.ofMinutes(1);

        /** For how long nothing is hedged after the target has asked to slow down without saying for how long. */
        private Duration throttledPause = Duration.ofSeconds(10);

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

        public @Nullable Duration getDelay() {
            return delay;
        }

        public void setDelay(@Nullable Duration delay) {
            this.delay = delay;
        }

        public double getExtraLoad() {
            return extraLoad;
        }

        public void setExtraLoad(double extraLoad) {
            this.extraLoad = extraLoad;
        }

        public int getMaxExtra() {
            return maxExtra;
        }

        public void setMaxExtra(int maxExtra) {
            this.maxExtra = maxExtra;
        }

        public int getMinimumCalls() {
            return minimumCalls;
        }

        public void setMinimumCalls(int minimumCalls) {
            this.minimumCalls = minimumCalls;
        }

        public Duration getWindow() {
            return window;
        }

        public void setWindow(Duration window) {
            this.window = window;
        }

        public Duration getThrottledPause() {
            return throttledPause;
        }

        public void setThrottledPause(Duration throttledPause) {
            this.throttledPause = throttledPause;
        }
    }
}
