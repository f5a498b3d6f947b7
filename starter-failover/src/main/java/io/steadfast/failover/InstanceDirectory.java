package io.steadfast.failover;

import java.util.Optional;

/**
 * Knows the instances of many services; a registry, for example. In Spring applications each bean of this type is asked for the source
 * of each pool that has no {@code urls}, in the order of the beans; the first that knows the service serves the pool.
 */
@FunctionalInterface
public interface InstanceDirectory {

    /**
     * Where to ask for the instances of a service. Called once per pool; must not block.
     *
     * @param service the name of the service
     * @return the source; empty if this directory has nothing to do with the service
     */
    Optional<InstanceSource> find(String service);
}
