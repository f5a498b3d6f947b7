package io.steadfast.resilience4j.actuate;

import io.github.resilience4j.common.ratelimiter.monitoring.endpoint.RateLimiterEventDTO;
import io.github.resilience4j.common.ratelimiter.monitoring.endpoint.RateLimiterEventsEndpointResponse;
import io.github.resilience4j.ratelimiter.event.RateLimiterEvent;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/** The actuator endpoint {@code ratelimiterevents}: the latest events of all rate limiters, of one, or of one and one type. */
@Endpoint(id = "ratelimiterevents")
public final class RateLimiterEventsEndpoint {

    private final RecordedEvents<RateLimiterEvent> events;

    /**
     * An endpoint.
     *
     * @param events the latest events
     */
    public RateLimiterEventsEndpoint(RecordedEvents<RateLimiterEvent> events) {
        this.events = events;
    }

    /**
     * All of them.
     *
     * @return the events, the earliest first
     */
    @ReadOperation
    public RateLimiterEventsEndpointResponse all() {
        return new RateLimiterEventsEndpointResponse(events.all(RateLimiterEventDTO::createRateLimiterEventDTO));
    }

    /**
     * Those of one rate limiter.
     *
     * @param name its name
     * @return the events; none if nothing goes by the name
     */
    @ReadOperation
    public RateLimiterEventsEndpointResponse of(@Selector String name) {
        return new RateLimiterEventsEndpointResponse(events.of(name, RateLimiterEventDTO::createRateLimiterEventDTO));
    }

    /**
     * Those of one rate limiter and one type.
     *
     * @param name its name
     * @param eventType the type, in any case
     * @return the events; none if nothing goes by the name
     */
    @ReadOperation
    public RateLimiterEventsEndpointResponse of(@Selector String name, @Selector String eventType) {
        return new RateLimiterEventsEndpointResponse(events.of(
                name, eventType, RateLimiterEvent.Type.class, RateLimiterEventDTO::createRateLimiterEventDTO));
    }
}
