package io.steadfast.spring.autoconfigure;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** What is metered. Bound without a bean: listeners are made before nearly everything else. */
@ConfigurationProperties("resilience.metrics")
final class ResilienceMetricsProperties {

    /**
     * Whether to count and time guarded calls, where there is a meter registry.
     */
    private boolean enabled = true;

    /**
     * Bounds of the histogram of resilience.calls, from which percentiles are computed. Each bound is a time series per call
     * and outcome. Unset: 10ms, 25ms, 50ms, 100ms, 250ms, 500ms, 1s, 2500ms, 5s, 10s. Empty: no histogram.
     */
    private @Nullable List<Duration> latencyBuckets;

    /**
     * Whether to publish meters under resilience4j's names, too. Unset: those of circuit breakers. True: also those of
     * retries, bulkheads, rate limiters and timeouts. False: none.
     */
    private @Nullable Boolean resilience4jNames;

    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public @Nullable List<Duration> getLatencyBuckets() {
        return latencyBuckets;
    }

    public void setLatencyBuckets(@Nullable List<Duration> latencyBuckets) {
        if (latencyBuckets != null && latencyBuckets.stream().anyMatch(bound -> bound.isNegative() || bound.isZero())) {
            throw new IllegalArgumentException("each bound must be above zero; an empty list means no histogram");
        }
        this.latencyBuckets = latencyBuckets;
    }

    public @Nullable Boolean getResilience4jNames() {
        return resilience4jNames;
    }

    public void setResilience4jNames(@Nullable Boolean resilience4jNames) {
        this.resilience4jNames = resilience4jNames;
    }
}
