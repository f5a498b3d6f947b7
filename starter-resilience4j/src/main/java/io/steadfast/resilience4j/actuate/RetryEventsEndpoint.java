package io.steadfast.resilience4j.actuate;

import io.github.resilience4j.common.retry.monitoring.endpoint.RetryEventDTOFactory;
import io.github.resilience4j.common.retry.monitoring.endpoint.RetryEventsEndpointResponse;
import io.github.resilience4j.retry.event.RetryEvent;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/** The actuator endpoint {@code retryevents}: the latest events of all retries, of one, or of one and one type. */
@Endpoint(id = "retryevents")
public final class RetryEventsEndpoint {

    private final RecordedEvents<RetryEvent> events;

    /**
     * An endpoint.
     *
     * @param events the latest events
     */
    public RetryEventsEndpoint(RecordedEvents<RetryEvent> events) {
        this.events = events;
    }

    /**
     * All of them.
     *
     * @return the events, the earliest first
     */
    @ReadOperation
    public RetryEventsEndpointResponse all() {
        return new RetryEventsEndpointResponse(events.all(RetryEventDTOFactory::createRetryEventDTO));
    }

    /**
     * Those of one retry.
     *
     * @param name its name
     * @return the events; none if nothing goes by the name
     */
    @ReadOperation
    public RetryEventsEndpointResponse of(@Selector String name) {
        return new RetryEventsEndpointResponse(events.of(name, RetryEventDTOFactory::createRetryEventDTO));
    }

    /**
     * Those of one retry and one type.
     *
     * @param name its name
     * @param eventType the type, in any case
     * @return the events; none if nothing goes by the name
     */
    @ReadOperation
    public RetryEventsEndpointResponse of(@Selector String name, @Selector String eventType) {
        return new RetryEventsEndpointResponse(
                events.of(name, eventType, RetryEvent.Type.class, RetryEventDTOFactory::createRetryEventDTO));
    }
}
