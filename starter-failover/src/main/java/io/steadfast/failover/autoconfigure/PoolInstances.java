package io.steadfast.failover.autoconfigure;

import java.util.List;

import io.steadfast.core.Instance;
import io.steadfast.failover.InstanceSource;

/**
 * The instances that a directory has of a service, under the name of the pool they are for. Two of them are the same if they ask the
 * same directory for the same, because directories may well make another source each time.
 */
final class PoolInstances implements InstanceSource {

    private final String pool;

    private final String service;

    private final Object directory;

    private final InstanceSource source;

    PoolInstances(String pool, String service, Object directory, InstanceSource source) {
        this.pool = pool;
        this.service = service;
        this.directory = directory;
        this.source = source;
    }

    /** What is missing is for the pool to complain of: a source of the application may break its word. */
    @Override
    @SuppressWarnings("NullAway")
    public List<Instance> instances() throws Exception {
        List<Instance> found = source.instances();
        return found == null ? null : found.stream().map(this::ofPool).toList();
    }

    @SuppressWarnings("NullAway")
    private Instance ofPool(Instance found) {
        return found == null || found.pool().equals(pool)
                ? found
                : new Instance(pool, found.id(), found.uri(), found.weight(), found.zone(), found.metadata());
    }

    @Override
    public Runnable onChange(Runnable changed) {
        return source.onChange(changed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PoolInstances that
                && pool.equals(that.pool)
                && service.equals(that.service)
                && directory == that.directory;
    }

    @Override
    public int hashCode() {
        return pool.hashCode() * 31 + service.hashCode();
    }

    @Override
    public String toString() {
        return "'" + service + "' in " + directory.getClass().getSimpleName();
    }
}
