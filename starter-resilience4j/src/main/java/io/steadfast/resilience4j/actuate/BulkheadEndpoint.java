package io.steadfast.resilience4j.actuate;

import java.util.stream.Stream;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.bulkhead.ThreadPoolBulkhead;
import io.github.resilience4j.bulkhead.ThreadPoolBulkheadRegistry;
import io.github.resilience4j.common.bulkhead.monitoring.endpoint.BulkheadEndpointResponse;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** The actuator endpoint {@code bulkheads}: the names of all bulkheads, those with a pool of threads included. */
@Endpoint(id = "bulkheads")
public final class BulkheadEndpoint {

    private final BulkheadRegistry registry;

    private final ThreadPoolBulkheadRegistry pools;

    /**
     * An endpoint.
     *
     * @param registry the bulkheads
     * @param pools those with a pool
     */
    public BulkheadEndpoint(BulkheadRegistry registry, ThreadPoolBulkheadRegistry pools) {
        this.registry = registry;
        this.pools = pools;
    }

    /**
     * All of them.
     *
     * @return their names, in order
     */
    @ReadOperation
    public BulkheadEndpointResponse names() {
        return new BulkheadEndpointResponse(Stream.concat(
                        registry.getAllBulkheads().stream().map(Bulkhead::getName),
                        pools.getAllBulkheads().stream().map(ThreadPoolBulkhead::getName))
                .sorted()
                .toList());
    }
}
