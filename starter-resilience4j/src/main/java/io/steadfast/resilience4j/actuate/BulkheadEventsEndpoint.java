package io.steadfast.resilience4j.actuate;

import io.github.resilience4j.bulkhead.event.BulkheadEvent;
import io.github.resilience4j.common.bulkhead.monitoring.endpoint.BulkheadEventDTOFactory;
import io.github.resilience4j.common.bulkhead.monitoring.endpoint.BulkheadEventsEndpointResponse;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/** The actuator endpoint {@code bulkheadevents}: the latest events of all bulkheads, of one, or of one and one type. */
@Endpoint(id = "bulkheadevents")
public final class BulkheadEventsEndpoint {

    private final RecordedEvents<BulkheadEvent> events;

    /**
     * An endpoint.
     *
     * @param events the latest events
     */
    public BulkheadEventsEndpoint(RecordedEvents<BulkheadEvent> events) {
        this.events = events;
    }

    /**
     * All of them.
     *
     * @return the events, the earliest first
     */
    @ReadOperation
    public BulkheadEventsEndpointResponse all() {
        return new BulkheadEventsEndpointResponse(events.all(BulkheadEventDTOFactory::createBulkheadEventDTO));
    }

    /**
     * Those of one bulkhead.
     *
     * @param name its name
     * @return the events; none if nothing goes by the name
     */
    @ReadOperation
    public BulkheadEventsEndpointResponse of(@Selector String name) {
        return new BulkheadEventsEndpointResponse(events.of(name, BulkheadEventDTOFactory::createBulkheadEventDTO));
    }

    /**
     * Those of one bulkhead and one type.
     *
     * @param name its name
     * @param eventType the type, in any case
     * @return the events; none if nothing goes by the name
     */
    @ReadOperation
    public BulkheadEventsEndpointResponse of(@Selector String name, @Selector String eventType) {
        return new BulkheadEventsEndpointResponse(
                events.of(name, eventType, BulkheadEvent.Type.class, BulkheadEventDTOFactory::createBulkheadEventDTO));
    }
}
