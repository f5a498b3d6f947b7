package io.steadfast.failover;

import java.util.List;

import io.steadfast.core.Instance;

/**
 * Says which instances there are: a list, a registry, code of the application. Asked again and again by the pool, ahead of use, on a
 * thread that may block; never on the way of a call.
 */
@FunctionalInterface
public interface InstanceSource {

    /**
     * The instances there are now.
     *
     * @return all of them; empty if it knows of none, which the pool does not believe at once
     * @throws Exception if it cannot tell; the pool goes on with what it was told before
     */
    List<Instance> instances() throws Exception;

    /**
     * Lets the pool know of changes before it asks again.
     *
     * @param changed to be run when asking is worth while; quick, may be run by any thread and any number of times
     * @return stops it
     */
    default Runnable onChange(Runnable changed) {
        return () -> {};
    }

    /**
     * A source that always says the same.
     *
     * @param instances the instances
     * @return the source
     */
    static InstanceSource of(List<Instance> instances) {
        return new FixedSource(List.copyOf(instances));
    }
}
