package io.steadfast.resilience4j.actuate;

import io.github.resilience4j.common.ratelimiter.monitoring.endpoint.RateLimiterEndpointResponse;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** The actuator endpoint {@code ratelimiters}: the names of all rate limiters. */
@Endpoint(id = "ratelimiters")
public final class RateLimiterEndpoint {

    private final RateLimiterRegistry registry;

    /**
     * An endpoint.
     *
     * @param registry the rate limiters
     */
    public RateLimiterEndpoint(RateLimiterRegistry registry) {
        this.registry = registry;
    }

    /**
     * All of them.
     *
     * @return their names, in order
     */
    @ReadOperation
    public RateLimiterEndpointResponse names() {
        return new RateLimiterEndpointResponse(registry.getAllRateLimiters().stream()
                .map(RateLimiter::getName)
                .sorted()
                .toList());
    }
}
