package io.steadfast.resilience4j.actuate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.steadfast.resilience4j.registry.Kind;
import io.steadfast.resilience4j.registry.PeerProperties;
import io.steadfast.resilience4j.registry.PeerProperties.Instance;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** The state of those circuit breakers that have {@code register-health-indicator}, as resilience4j maps it to a health. */
public final class CircuitBreakersHealthIndicator implements HealthIndicator {

    private final CircuitBreakerRegistry registry;

    private final PeerProperties properties;

    private final StatusAggregator aggregator;

    /**
     * An indicator.
     *
     * @param registry the circuit breakers
     * @param properties which of them to show, and whether they may put the application down
     * @param aggregator makes one status of many
     */
    public CircuitBreakersHealthIndicator(
            CircuitBreakerRegistry registry, PeerProperties properties, StatusAggregator aggregator) {
        this.registry = registry;
        this.properties = properties;
        this.aggregator = aggregator;
    }

    @Override
    public Health health() {
        Map<String, Health> all = new LinkedHashMap<>();
        for (CircuitBreaker breaker : registry.getAllCircuitBreakers()) {
            if (properties
                    .find(Kind.CIRCUIT_BREAKER, breaker.getName(), Instance::getRegisterHealthIndicator)
                    .orElse(false)) {
                all.put(breaker.getName(), health(breaker));
            }
        }
        return Health.status(aggregator.getAggregateStatus(
                        all.values().stream().map(Health::getStatus).collect(Collectors.toSet())))
                .withDetails(all)
                .build();
    }

    private Health health(CircuitBreaker breaker) {
        Health.Builder health = switch (breaker.getState()) {
            case CLOSED -> Health.up();
            case OPEN -> mayFail(breaker) ? Health.down() : Health.status("CIRCUIT_OPEN");
            case HALF_OPEN -> Health.status("CIRCUIT_HALF_OPEN");
            default -> Health.unknown();
        };
        var metrics = breaker.getMetrics();
        var config = breaker.getCircuitBreakerConfig();
        return health.withDetail("failureRate", metrics.getFailureRate() + "%")
                .withDetail("failureRateThreshold", config.getFailureRateThreshold() + "%")
                .withDetail("slowCallRate", metrics.getSlowCallRate() + "%")
                .withDetail("slowCallRateThreshold", config.getSlowCallRateThreshold() + "%")
                .withDetail("bufferedCalls", metrics.getNumberOfBufferedCalls())
                .withDetail("slowCalls", metrics.getNumberOfSlowCalls())
                .withDetail("slowFailedCalls", metrics.getNumberOfSlowFailedCalls())
                .withDetail("failedCalls", metrics.getNumberOfFailedCalls())
                .withDetail("notPermittedCalls", metrics.getNumberOfNotPermittedCalls())
                .withDetail("state", breaker.getState())
                .build();
    }

    private boolean mayFail(CircuitBreaker breaker) {
        return properties
                .find(Kind.CIRCUIT_BREAKER, breaker.getName(), Instance::getAllowHealthIndicatorToFail)
                .orElse(false);
    }
}
