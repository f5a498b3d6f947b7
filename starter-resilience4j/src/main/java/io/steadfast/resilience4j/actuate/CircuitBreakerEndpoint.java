package io.steadfast.resilience4j.actuate;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.common.circuitbreaker.monitoring.endpoint.CircuitBreakerDetails;
import io.github.resilience4j.common.circuitbreaker.monitoring.endpoint.CircuitBreakerEndpointResponse;
import io.github.resilience4j.common.circuitbreaker.monitoring.endpoint.CircuitBreakerUpdateStateResponse;
import io.github.resilience4j.common.circuitbreaker.monitoring.endpoint.UpdateState;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * The actuator endpoint {@code circuitbreakers}: all circuit breakers with their numbers, and changes of state. Open for writing to
 * whoever may call it, as resilience4j's is; {@code management.endpoint.circuitbreakers.access} says otherwise.
 */
@Endpoint(id = "circuitbreakers")
public final class CircuitBreakerEndpoint {

    private final CircuitBreakerRegistry registry;

    /**
     * An endpoint.
     *
     * @param registry the circuit breakers
     */
    public CircuitBreakerEndpoint(CircuitBreakerRegistry registry) {
        this.registry = registry;
    }

    /**
     * All of them.
     *
     * @return details by name, ordered by name
     */
    @ReadOperation
    public CircuitBreakerEndpointResponse all() {
        Map<String, CircuitBreakerDetails> details = new LinkedHashMap<>();
        registry.getAllCircuitBreakers().stream()
                .sorted(Comparator.comparing(CircuitBreaker::getName))
                .forEach(breaker -> details.put(breaker.getName(), details(breaker)));
        return new CircuitBreakerEndpointResponse(details);
    }

    /**
     * Changes the state of one.
     *
     * @param name its name
     * @param updateState the state to change to
     * @return the state it is in then; 404 if there is none of that name, and none is made
     */
    @WriteOperation
    public Object update(@Selector String name, UpdateState updateState) {
        Optional<CircuitBreaker> found = registry.find(name);
        if (found.isEmpty()) {
            return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
        }
        CircuitBreaker breaker = found.get();
        switch (updateState) {
            case CLOSE -> breaker.transitionToClosedState();
            case FORCE_OPEN -> breaker.transitionToForcedOpenState();
            case DISABLE -> breaker.transitionToDisabledState();
        }
        CircuitBreakerUpdateStateResponse response = new CircuitBreakerUpdateStateResponse();
        response.setCircuitBreakerName(name);
        response.setCurrentState(breaker.getState().toString());
        response.setMessage(name + " state has been changed successfully");
        return response;
    }

    private static CircuitBreakerDetails details(CircuitBreaker breaker) {
        CircuitBreaker.Metrics metrics = breaker.getMetrics();
        CircuitBreakerConfig config = breaker.getCircuitBreakerConfig();
        CircuitBreakerDetails details = new CircuitBreakerDetails();
        details.setFailureRate(metrics.getFailureRate() + "%");
        details.setFailureRateThreshold(config.getFailureRateThreshold() + "%");
        details.setSlowCallRate(metrics.getSlowCallRate() + "%");
        details.setSlowCallRateThreshold(config.getSlowCallRateThreshold() + "%");
        details.setBufferedCalls(metrics.getNumberOfBufferedCalls());
        details.setSlowCalls(metrics.getNumberOfSlowCalls());
        details.setSlowFailedCalls(metrics.getNumberOfSlowFailedCalls());
        details.setFailedCalls(metrics.getNumberOfFailedCalls());
        details.setNotPermittedCalls(metrics.getNumberOfNotPermittedCalls());
        details.setState(breaker.getState());
        return details;
    }
}
