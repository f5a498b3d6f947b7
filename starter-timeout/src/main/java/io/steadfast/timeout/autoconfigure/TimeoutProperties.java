package io.steadfast.timeout.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The shape of {@code resilience.timeout.*}, for editors and the reference. The values that count are bound per instance,
 * on top of the defaults, the instance's base and the annotation.
 */
@ConfigurationProperties("resilience.timeout")
class TimeoutProperties {

    /** What holds for every timeout instance unless the instance or its annotation says otherwise. */
    private final Settings defaults = new Settings();

    /** Settings of timeout instances, by the name that annotations give. */
    private final Map<String, Settings> instances = new LinkedHashMap<>();

    public Settings getDefaults() {
        return defaults;
    }

    public Map<String, Settings> getInstances() {
        return instances;
    }

    /** The settings of one timeout instance, initially the built-in ones. Public for those who fill it by reflection. */
    public static class Settings {

        /** Whether calls are limited in time. */
        private boolean enabled = true;

        /** Instance whose settings this one starts from; has no effect among the defaults. */
        private @Nullable String base;

        /** How long one attempt may take; without a value an attempt has no limit of its own. */
        private @Nullable Duration limit;

        /**
         * How long the whole call may take, all attempts and the waits before and between them; without a value it has no
         * limit.
         */
        private @Nullable Duration total;

        /**
         * Whether plain methods run on a thread of their own, so that their caller is let go even if they are deaf to
         * interrupts. Transactions and other thread-bound state of the caller do not hold there.
         */
        private boolean separateThread = false;

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

        public @Nullable Duration getLimit() {
            return limit;
        }

        public void setLimit(@Nullable Duration limit) {
            this.limit = limit;
        }

        public @Nullable Duration getTotal() {
            return total;
        }

        public void setTotal(@Nullable Duration total) {
            this.total = total;
        }

        public boolean isSeparateThread() {
            return separateThread;
        }

        public void setSeparateThread(boolean separateThread) {
            this.separateThread = separateThread;
        }
    }
}
