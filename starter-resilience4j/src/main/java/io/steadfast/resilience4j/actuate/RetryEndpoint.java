package io.steadfast.resilience4j.actuate;

import io.github.resilience4j.common.retry.monitoring.endpoint.RetryEndpointResponse;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryRegistry;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** The actuator endpoint {@code retries}: the names of all retries. */
@Endpoint(id = "retries")
public final class RetryEndpoint {

    private final RetryRegistry registry;

    /**
     * An endpoint.
     *
     * @param registry the retries
     */
    public RetryEndpoint(RetryRegistry registry) {
        this.registry = registry;
    }

    /**
     * All of them.
     *
     * @return their names, in order
     */
    @ReadOperation
    public RetryEndpointResponse names() {
        return new RetryEndpointResponse(
                registry.getAllRetries().stream().map(Retry::getName).sorted().toList());
    }
}
