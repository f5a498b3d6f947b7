package io.steadfast.fallback.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** The keys below {@code resilience.fallback}, for editors and documentation; each instance is read by itself. */
@ConfigurationProperties("resilience.fallback")
class FallbackProperties {

    /** Settings of all fallbacks that do not say otherwise. */
    private final Settings defaults = new Settings();

    /** Settings by the name in "@Fallback"; without a name there, SimpleClassName.methodName. */
    private final Map<String, Settings> instances = new LinkedHashMap<>();

    public Settings getDefaults() {
        return defaults;
    }

    public Map<String, Settings> getInstances() {
        return instances;
    }

    /** The settings of one fallback; the initial values are the built-in ones. */
    public static class Settings {

        /** Whether the fallback is used; if not, the failure stands. */
        private boolean enabled = true;

        /** Another instance to take all values from that are not set here. */
        private @Nullable String base;

        /**
         * The only exceptions the fallback answers for, subclasses included, looked for down the cause chain; without a
         * value, every failure but a VirtualMachineError.
         */
        private List<Class<? extends Throwable>> exceptions = new ArrayList<>();

        /** Exceptions the fallback leaves alone whatever else is said, subclasses included, looked for down the cause chain. */
        private List<Class<? extends Throwable>> ignoreExceptions = new ArrayList<>();

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

        public List<Class<? extends Throwable>> getExceptions() {
            return exceptions;
        }

        public void setExceptions(List<Class<? extends Throwable>> exceptions) {
            this.exceptions = exceptions;
        }

        public List<Class<? extends Throwable>> getIgnoreExceptions() {
            return ignoreExceptions;
        }

        public void setIgnoreExceptions(List<Class<? extends Throwable>> ignoreExceptions) {
            this.ignoreExceptions = ignoreExceptions;
        }
    }
}
