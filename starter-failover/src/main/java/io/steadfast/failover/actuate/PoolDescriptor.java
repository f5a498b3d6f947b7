package io.steadfast.failover.actuate;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.steadfast.failover.InstanceState;
import io.steadfast.failover.Pool;
import org.jspecify.annotations.Nullable;

/**
 * A pool as operators see it.
 *
 * @param name the name of the pool
 * @param panic whether so few instances are in service that all are used
 * @param listAge seconds since the source has last named any instance; {@code null} if it never has
 * @param trouble what is wrong with the source or its list; {@code null} if nothing is
 * @param instances in the order of their ids
 */
public record PoolDescriptor(
        String name,
        boolean panic,
        @Nullable Double listAge,
        @Nullable String trouble,
        List<InstanceDescriptor> instances) {

    /**
     * Copies the list.
     *
     * @param name the name of the pool
     * @param panic whether all are used
     * @param listAge seconds since the source has last named any instance
     * @param trouble what is wrong with the source or its list
     * @param instances in the order of their ids
     */
    public PoolDescriptor {
        instances = List.copyOf(instances);
    }

    static PoolDescriptor of(Pool pool, Clock clock) {
        List<InstanceState> states = pool.instances();
        return new PoolDescriptor(
                pool.name(),
                pool.isInPanic(),
                pool.listAge().map(PoolDescriptor::seconds).orElse(null),
                pool.trouble().orElse(null),
                states.stream()
                        .map(state -> InstanceDescriptor.of(state, clock))
                        .toList());
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1e3;
    }
}
