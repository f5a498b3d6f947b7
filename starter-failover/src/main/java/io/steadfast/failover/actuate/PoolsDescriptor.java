package io.steadfast.failover.actuate;

import java.util.List;

/**
 * All pools.
 *
 * @param pools each with its instances, ordered by name
 */
public record PoolsDescriptor(List<PoolDescriptor> pools) {

    /**
     * Copies the list.
     *
     * @param pools each with its instances
     */
    public PoolsDescriptor {
        pools = List.copyOf(pools);
    }
}
