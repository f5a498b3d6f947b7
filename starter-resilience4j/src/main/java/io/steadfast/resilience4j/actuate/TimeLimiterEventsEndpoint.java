package io.steadfast.resilience4j.actuate;

import io.github.resilience4j.common.timelimiter.monitoring.endpoint.TimeLimiterEventDTO;
import io.github.resilience4j.common.timelimiter.monitoring.endpoint.TimeLimiterEventsEndpointResponse;
import io.github.resilience4j.timelimiter.event.TimeLimiterEvent;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/** The actuator endpoint {@code timelimiterevents}: the latest events of all time limiters, of one, or of one and one type. */
@Endpoint(id = "timelimiterevents")
public final class TimeLimiterEventsEndpoint {

    private final RecordedEvents<TimeLimiterEvent> events;

    /**
     * An endpoint.
     *
     * @param events the latest events
     */
    public TimeLimiterEventsEndpoint(RecordedEvents<TimeLimiterEvent> events) {
        this.events = events;
    }

    /**
     * All of them.
     *
     * @return the events, the earliest first
     */
    @ReadOperation
    public TimeLimiterEventsEndpointResponse all() {
        return new TimeLimiterEventsEndpointResponse(events.all(TimeLimiterEventDTO::createTimeLimiterEventDTO));
    }

    /**
     * Those of one time limiter.
     *
     * @param name its name
     * @return the events; none if nothing goes by the name
     */
    @ReadOperation
    public TimeLimiterEventsEndpointResponse of(@Selector String name) {
        return new TimeLimiterEventsEndpointResponse(events.of(name, TimeLimiterEventDTO::createTimeLimiterEventDTO));
    }

    /**
     * Those of one time limiter and one type.
     *
     * @param name its name
     * @param eventType the type, in any case
     * @return the events; none if nothing goes by the name
     */
    @ReadOperation
    public TimeLimiterEventsEndpointResponse of(@Selector String name, @Selector String eventType) {
        return new TimeLimiterEventsEndpointResponse(events.of(
                name, eventType, TimeLimiterEvent.Type.class, TimeLimiterEventDTO::createTimeLimiterEventDTO));
    }
}
