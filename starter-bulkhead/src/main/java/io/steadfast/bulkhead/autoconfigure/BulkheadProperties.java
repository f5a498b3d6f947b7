package io.steadfast.bulkhead.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.steadfast.bulkhead.AdaptiveAlgorithm;
import io.steadfast.bulkhead.Priority;
import io.steadfast.bulkhead.QueueOrder;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The shape of {@code resilience.bulkhead.*}, for editors and the reference. The values that count are bound per instance, on
 * top of the defaults, the instance's base and the annotation.
 */
@ConfigurationProperties("resilience.bulkhead")
class BulkheadProperties {

    /** What holds for every bulkhead unless its instance or its annotation says otherwise. */
    private final Settings defaults = new Settings();

    /** Settings of bulkheads, by the name that annotations give. */
    private final Map<String, Settings> instances = new LinkedHashMap<>();

    public Settings getDefaults() {
        return defaults;
    }

    public Map<String, Settings> getInstances() {
        return instances;
    }

    /** The settings of one bulkhead, initially the built-in ones. Public for those who fill it by reflection. */
    public static class Settings {

        /** Whether calls pass a bulkhead. */
        private boolean enabled = true;

        /** Instance whose settings this one starts from; has no effect among the defaults. */
        private @Nullable String base;

        /** Calls that may be in flight at a time; where the limit is adaptive, how many at first. */
        private int maxConcurrentCalls = 25;

        /** How long a call waits for its turn before it is refused; 0 for not at all. */
        private Duration maxWaitDuration = Duration.ofMillis(0);

        /** Calls that may wait. Default as many as may be in flight, if there is a max-wait-duration. */
        private @Nullable Integer queueCapacity;

        /** Who of those that wait is next: the one that came first (fifo) or last (lifo). */
        private QueueOrder queueOrder = QueueOrder.FIFO;

        /** How much calls matter when there is not room for all: critical, normal or sheddable. Default normal. */
        private @Nullable Priority priority;

        /** The limit that follows latency. */
        private final Adaptive adaptive = new Adaptive();

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

        public int getMaxConcurrentCalls() {
            return maxConcurrentCalls;
        }

        public void setMaxConcurrentCalls(int maxConcurrentCalls) {
            this.maxConcurrentCalls = maxConcurrentCalls;
        }

        public Duration getMaxWaitDuration() {
            return maxWaitDuration;
        }

        public void setMaxWaitDuration(Duration maxWaitDuration) {
            this.maxWaitDuration = maxWaitDuration;
        }

        public @Nullable Integer getQueueCapacity() {
            return queueCapacity;
        }

        public void setQueueCapacity(@Nullable Integer queueCapacity) {
            this.queueCapacity = queueCapacity;
        }

        public QueueOrder getQueueOrder() {
            return queueOrder;
        }

        public void setQueueOrder(QueueOrder queueOrder) {
            this.queueOrder = queueOrder;
        }

        public @Nullable Priority getPriority() {
            return priority;
        }

        public void setPriority(@Nullable Priority priority) {
            this.priority = priority;
        }

        public Adaptive getAdaptive() {
            return adaptive;
        }

        /** Settings of the limit that follows latency. Public for those who fill it by reflection. */
        public static class Adaptive {

            /** Whether the limit follows latency; otherwise it is max-concurrent-calls. */
            private boolean enabled = false;

            /** How it does: gradient bears noise in latency, vegas adds less latency. */
            private AdaptiveAlgorithm algorithm = AdaptiveAlgorithm.GRADIENT;

            /** The limit to begin with. Default max-concurrent-calls. */
            private @Nullable Integer initialLimit;

            /** The limit never falls below this. Default 5, or the initial limit if that is less. */
            private @Nullable Integer minLimit;

            /** The limit never rises above this. Default 200, or the initial limit if that is more. */
            private @Nullable Integer maxLimit;

            /** How long calls are measured before the limit is adjusted; longer where too few calls end in it. */
            private Duration window = Duration.ofSeconds(1);

            public boolean isEnabled() {
                return enabled;
            }

            public void setEnabled(boolean enabled) {
                this.enabled = enabled;
            }

            public AdaptiveAlgorithm getAlgorithm() {
                return algorithm;
            }

            public void setAlgorithm(AdaptiveAlgorithm algorithm) {
                this.algorithm = algorithm;
            }

            public @Nullable Integer getInitialLimit() {
                return initialLimit;
            }

            public void setInitialLimit(@Nullable Integer initialLimit) {
                this.initialLimit = initialLimit;
            }

            public @Nullable Integer getMinLimit() {
                return minLimit;
            }

            public void setMinLimit(@Nullable Integer minLimit) {
                this.minLimit = minLimit;
            }

            public @Nullable Integer getMaxLimit() {
                return maxLimit;
            }

            public void setMaxLimit(@Nullable Integer maxLimit) {
                this.maxLimit = maxLimit;
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
