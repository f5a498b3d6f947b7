package io.steadfast.spring.metrics;

import java.time.Duration;
import java.util.List;

/**
 * What is metered, and how finely.
 *
 * @param latencyBuckets the bounds of the histogram of {@code resilience.calls}; none for no histogram
 * @param resilience4jNames whether retries, bulkheads, rate limiters and timeouts are shown under resilience4j's names, too
 */
public record MeterSettings(List<Duration> latencyBuckets, boolean resilience4jNames) {

    /** What holds unless the application says otherwise. */
    public static final MeterSettings DEFAULTS = new MeterSettings(
            List.of(
                    Duration.ofMillis(10),
                    Duration.ofMillis(25),
                    Duration.ofMillis(50),
                    Duration.ofMillis(100),
                    Duration.ofMillis(250),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(2500),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(10)),
            false);

    /**
     * Copies the bounds.
     *
     * @param latencyBuckets the bounds of the histogram
     * @param resilience4jNames whether to use resilience4j's names, too
     * @throws IllegalArgumentException if a bound is not above zero
     */
    public MeterSettings {
        latencyBuckets = List.copyOf(latencyBuckets);
        latencyBuckets.forEach(bound -> {
            if (bound.isNegative() || bound.isZero()) {
                throw new IllegalArgumentException("A bound of a histogram must be above zero, but one is " + bound);
            }
        });
    }
}
