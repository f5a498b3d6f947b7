package io.steadfast.bulkhead;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** Builds a {@link BulkheadConfig}, starting from the defaults. Not thread-safe. */
public final class BulkheadConfigBuilder {

    private int maxConcurrentCalls = 25;

    private Duration maxWaitDuration = Duration.ZERO;

    private @Nullable Integer queueCapacity;

    private QueueOrder queueOrder = QueueOrder.FIFO;

    private @Nullable AdaptiveLimitConfig adaptive;

    BulkheadConfigBuilder() {}

    /**
     * Sets how many calls may be in flight.
     *
     * @param calls at least 1
     * @return this builder
     */
    public BulkheadConfigBuilder maxConcurrentCalls(int calls) {
        this.maxConcurrentCalls = calls;
        return this;
    }

    /**
     * Sets how long a call waits for a permit before it is refused.
     *
     * @param longest 0 for not at all
     * @return this builder
     */
    public BulkheadConfigBuilder maxWaitDuration(Duration longest) {
        this.maxWaitDuration = longest;
        return this;
    }

    /**
     * Sets how many calls may wait.
     *
     * @param calls {@code null} for as many as may be in flight
     * @return this builder
     */
    public BulkheadConfigBuilder queueCapacity(@Nullable Integer calls) {
        this.queueCapacity = calls;
        return this;
    }

    /**
     * Sets who of those that wait is next.
     *
     * @param order within one class of priority
     * @return this builder
     */
    public BulkheadConfigBuilder queueOrder(QueueOrder order) {
        this.queueOrder = order;
        return this;
    }

    /**
     * Has the limit follow latency.
     *
     * @param config how; {@code null} for a fixed limit
     * @return this builder
     */
    public BulkheadConfigBuilder adaptive(@Nullable AdaptiveLimitConfig config) {
        this.adaptive = config;
        return this;
    }

    /**
     * Checks the settings.
     *
     * @return the configuration
     * @throws io.steadfast.core.InvalidSettingsException if they make no sense
     */
    public BulkheadConfig build() {
        return new BulkheadConfig(maxConcurrentCalls, maxWaitDuration, queueCapacity, queueOrder, adaptive);
    }
}
