package io.steadfast.resilience4j.actuate;

import io.github.resilience4j.common.timelimiter.monitoring.endpoint.TimeLimiterEndpointResponse;
import io.github.resilience4j.timelimiter.TimeLimiter;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** The actuator endpoint {@code timelimiters}: the names of all time limiters. */
@Endpoint(id = "timelimiters")
public final class TimeLimiterEndpoint {

    private final TimeLimiterRegistry registry;

    /**
     * An endpoint.
     *
     * @param registry the time limiters
     */
    public TimeLimiterEndpoint(TimeLimiterRegistry registry) {
        this.registry = registry;
    }

    /**
     * All of them.
     *
     * @return their names, in order
     */
    @ReadOperation
    public TimeLimiterEndpointResponse names() {
        return new TimeLimiterEndpointResponse(registry.getAllTimeLimiters().stream()
                .map(TimeLimiter::getName)
                .sorted()
                .toList());
    }
}
