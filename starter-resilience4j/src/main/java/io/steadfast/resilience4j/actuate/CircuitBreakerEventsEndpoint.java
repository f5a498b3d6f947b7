package io.steadfast.resilience4j.actuate;

import io.github.resilience4j.circuitbreaker.event.CircuitBreakerEvent;
import io.github.resilience4j.common.circuitbreaker.monitoring.endpoint.CircuitBreakerEventDTOFactory;
import io.github.resilience4j.common.circuitbreaker.monitoring.endpoint.CircuitBreakerEventsEndpointResponse;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/** The actuator endpoint {@code circuitbreakerevents}: the latest events of all circuit breakers, of one, or of one and one type. */
@Endpoint(id = "circuitbreakerevents")
public final class CircuitBreakerEventsEndpoint {

    private final RecordedEvents<CircuitBreakerEvent> events;

    /**
     * An endpoint.
     *
     * @param events the latest events
     */
    public CircuitBreakerEventsEndpoint(RecordedEvents<CircuitBreakerEvent> events) {
        this.events = events;
    }

    /**
     * All of them.
     *
     * @return the events, the earliest first
     */
    @ReadOperation
    public CircuitBreakerEventsEndpointResponse all() {
        return new CircuitBreakerEventsEndpointResponse(
                events.all(CircuitBreakerEventDTOFactory::createCircuitBreakerEventDTO));
    }

    /**
     * Those of one circuit breaker.
     *
     * @param name its name
     * @return the events; none if nothing goes by the name
     */
    @ReadOperation
    public CircuitBreakerEventsEndpointResponse of(@Selector String name) {
        return new CircuitBreakerEventsEndpointResponse(
                events.of(name, CircuitBreakerEventDTOFactory::createCircuitBreakerEventDTO));
    }

    /**
     * Those of one circuit breaker and one type.
     *
     * @param name its name
     * @param eventType the type, in any case
     * @return the events; none if nothing goes by the name
     */
    @ReadOperation
    public CircuitBreakerEventsEndpointResponse of(@Selector String name, @Selector String eventType) {
        return new CircuitBreakerEventsEndpointResponse(events.of(
                name,
                eventType,
                CircuitBreakerEvent.Type.class,
                CircuitBreakerEventDTOFactory::createCircuitBreakerEventDTO));
    }
}
