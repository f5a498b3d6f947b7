package io.steadfast.retry.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.steadfast.retry.BackoffType;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The shape of {@code resilience.retry.*}, for editors and the reference. The values that count are bound per instance,
 * on top of the defaults, the instance's base and the annotation.
 */
@ConfigurationProperties("resilience.retry")
class RetryProperties {

    /** What holds for every retry instance unless the instance or its annotation says otherwise. */
    private final Settings defaults = new Settings();

    /** Settings of retry instances, by the name that annotations give. */
    private final Map<String, Settings> instances = new LinkedHashMap<>();

    public Settings getDefaults() {
        return defaults;
    }

    public Map<String, Settings> getInstances() {
        return instances;
    }

    /** The settings of one retry instance, initially the built-in ones. Public for those who fill it by reflection. */
    public static class Settings {

        /** Whether failed calls are retried. */
        private boolean enabled = true;

        /** Instance whose settings this one starts from; has no effect among the defaults. */
        private @Nullable String base;

        /** How often a call may be tried, the first time included. */
        private int maxAttempts = 3;

        /** Wait before the second attempt, from which later waits grow; 0 for at once. */
        private Duration waitDuration = Duration.ofMillis(100);

        /** How waits grow from one attempt to the next. */
        private BackoffType backoff = BackoffType.EXPONENTIAL;

        /** Factor by which each wait of an exponential back-off is longer than the one before. */
        private double exponentialBackoffMultiplier = 2;

        /** Cap on every wait, whatever the back-off, and also on one that the target asks for. */
        private Duration exponentialMaxWaitDuration = Duration.ofSeconds(5);

        /** Part of a wait that is random: full, none, or a number from 0 (none of it) to 1 (all of it). */
        private String jitter = "full";

        /** No retry starts later than this after the call did; without a value there is no limit. */
        private @Nullable Duration maxDuration;

        /**
         * The only exceptions to retry, subclasses included, looked for down the cause chain; without a value, every
         * Exception.
         */
        private List<Class<? extends Throwable>> retryExceptions = new ArrayList<>();

        /** Exceptions not to retry whatever else is said, subclasses included, looked for down the cause chain. */
        private List<Class<? extends Throwable>> ignoreExceptions = new ArrayList<>();

        /** Bean of type Predicate, or else class that implements it, that says which results are to be retried. */
        private @Nullable String resultPredicate;

        /** Whether a stream is retried even after it has handed on elements, which are then repeated. */
        private boolean retryAfterElements = false;

        /** The limit on retries among all calls. */
        private final Budget budget = new Budget();

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

        public int getMaxAttempts() {
            return maxAttempts;
        }

        public void setMaxAttempts(int maxAttempts) {
            this.maxAttempts = maxAttempts;
        }

        public Duration getWaitDuration() {
            return waitDuration;
        }

        public void setWaitDuration(Duration waitDuration) {
            this.waitDuration = waitDuration;
        }

        public BackoffType getBackoff() {
            return backoff;
        }

        public void setBackoff(BackoffType backoff) {
            this.backoff = backoff;
        }

        public double getExponentialBackoffMultiplier() {
            return exponentialBackoffMultiplier;
        }

        public void setExponentialBackoffMultiplier(double exponentialBackoffMultiplier) {
            this.exponentialBackoffMultiplier = exponentialBackoffMultiplier;
        }

        public Duration getExponentialMaxWaitDuration() {
            return exponentialMaxWaitDuration;
        }

        public void setExponentialMaxWaitDuration(Duration exponentialMaxWaitDuration) {
            this.exponentialMaxWaitDuration = exponentialMaxWaitDuration;
        }

        public String getJitter() {
            return jitter;
        }

        public void setJitter(String jitter) {
            this.jitter = jitter;
        }

        public @Nullable Duration getMaxDuration() {
            return maxDuration;
        }

        public void setMaxDuration(@Nullable Duration maxDuration) {
            this.maxDuration = maxDuration;
        }

        public List<Class<? extends Throwable>> getRetryExceptions() {
            return retryExceptions;
        }

        public void setRetryExceptions(List<Class<? extends Throwable>> retryExceptions) {
            this.retryExceptions = retryExceptions;
        }

        public List<Class<? extends Throwable>> getIgnoreExceptions() {
            return ignoreExceptions;
        }

        public void setIgnoreExceptions(List<Class<? extends Throwable>> ignoreExceptions) {
            this.ignoreExceptions = ignoreExceptions;
        }

        public @Nullable String getResultPredicate() {
            return resultPredicate;
        }

        public void setResultPredicate(@Nullable String resultPredicate) {
            this.resultPredicate = resultPredicate;
        }

        public boolean isRetryAfterElements() {
            return retryAfterElements;
        }

        public void setRetryAfterElements(boolean retryAfterElements) {
            this.retryAfterElements = retryAfterElements;
        }

        public Budget getBudget() {
            return budget;
        }

        /** How many retries are allowed among all calls. */
        public static class Budget {

            /** Whether retries are limited to a share of all calls. */
            private boolean enabled = true;

            /** Retries that each call earns: 0.2 allows one retry per five calls. */
            private double ratio = 0.2;

            /** Retries allowed per second even without calls. */
            private int reservePerSecond = 10;

            /** How far back calls and retries are counted, from 1s to 1h. */
            private Duration window = Duration.ofSeconds(10);

            public boolean isEnabled() {
                return enabled;
            }

            public void setEnabled(boolean enabled) {
                this.enabled = enabled;
            }

            public double getRatio() {
                return ratio;
            }

            public void setRatio(double ratio) {
                this.ratio = ratio;
            }

            public int getReservePerSecond() {
                return reservePerSecond;
            }

            public void setReservePerSecond(int reservePerSecond) {
                this.reservePerSecond = reservePerSecond;
            }

            public Duration getWindow() {
                return window;
            }

            public void setWindow(Duration window) {
                this.window = window;
            }
        }
    }
}
