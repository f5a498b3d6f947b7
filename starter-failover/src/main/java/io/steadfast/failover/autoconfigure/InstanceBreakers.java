package io.steadfast.failover.autoconfigure;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import io.steadfast.core.Gate;
import io.steadfast.core.Instance;
import io.steadfast.spring.PolicyTemplates.Template;

/**
 * Makes a circuit breaker for each instance of a pool. An instance that comes back under its id gets the one it had. Thread-safe; closed
 * more than once without harm.
 */
final class InstanceBreakers implements Function<Instance, Gate>, AutoCloseable {

    /** More are remembered of no pool: in a cluster, ids come and never come back. */
    private static final int MOST = 1000;

    private final Template template;

    private final Map<String, Gate> made = new LinkedHashMap<>();

    private final ReentrantLock lock = new ReentrantLock();

    InstanceBreakers(Template template) {
        this.template = template;
    }

    boolean isLike(Template other) {
        return template.equals(other);
    }

    @Override
    public Gate apply(Instance instance) {
        lock.lock();
        try {
            Gate known = made.get(instance.id());
            if (known != null) {
                return known;
            }
            if (!(template.make(instance.pool() + " at " + instance.id()) instanceof Gate gate)) {
                throw new IllegalStateException("A circuit breaker is a gate");
            }
            made.put(instance.id(), gate);
            if (made.size() > MOST) {
                forgetEldest();
            }
            return gate;
        } finally {
            lock.unlock();
        }
    }

    private void forgetEldest() {
        Iterator<Gate> eldest = made.values().iterator();
        template.discard(eldest.next());
        eldest.remove();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            made.values().forEach(template::discard);
            made.clear();
        } finally {
            lock.unlock();
        }
    }
}
