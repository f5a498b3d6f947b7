package io.steadfast.resilience4j.actuate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.steadfast.resilience4j.registry.Kind;
import io.steadfast.resilience4j.registry.PeerProperties;
import io.steadfast.resilience4j.registry.PeerProperties.Instance;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * The permits of those rate limiters that have {@code register-health-indicator}. Unlike with resilience4j, one that is used up while
 * calls wait is unknown, and never down: calls that wait will be let in, and those that would wait too long do not wait.
 */
public final class RateLimitersHealthIndicator implements HealthIndicator {

    private final RateLimiterRegistry registry;

    private final PeerProperties properties;

    private final StatusAggregator aggregator;

    /**
     * An indicator.
     *
     * @param registry the rate limiters
     * @param properties which of them to show
     * @param aggregator makes one status of many
     */
    public RateLimitersHealthIndicator(
            RateLimiterRegistry registry, PeerProperties properties, StatusAggregator aggregator) {
        this.registry = registry;
        this.properties = properties;
        this.aggregator = aggregator;
    }

    @Override
    public Health health() {
        Map<String, Health> all = new LinkedHashMap<>();
        for (RateLimiter limiter : registry.getAllRateLimiters()) {
            if (properties
                    .find(Kind.RATE_LIMITER, limiter.getName(), Instance::getRegisterHealthIndicator)
                    .orElse(false)) {
                all.put(limiter.getName(), health(limiter.getMetrics()));
            }
        }
        return Health.status(aggregator.getAggregateStatus(
                        all.values().stream().map(Health::getStatus).collect(Collectors.toSet())))
                .withDetails(all)
                .build();
    }

    private static Health health(RateLimiter.Metrics metrics) {
        int available = metrics.getAvailablePermissions();
        int waiting = metrics.getNumberOfWaitingThreads();
        return (available > 0 || waiting == 0 ? Health.up() : Health.unknown())
                .withDetail("availablePermissions", available)
                .withDetail("numberOfWaitingThreads", waiting)
                .build();
    }
}
