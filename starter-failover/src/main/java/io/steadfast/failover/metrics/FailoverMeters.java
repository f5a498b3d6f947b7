package io.steadfast.failover.metrics;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.MeterRegistry;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.time.Timer.Scheduled;
import io.steadfast.failover.Pool;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Keeps the meters of all pools up to date: instances come and go without a word, so they are looked at now and then. Thread-safe.
 * {@code docs/reference/meters.md} lists the meters.
 */
public final class FailoverMeters implements SmartInitializingSingleton, DisposableBean {

    private static final long EVERY_NANOS = Duration.ofSeconds(5).toNanos();

    private final Supplier<List<Pool>> pools;

    private final Supplier<@Nullable MeterRegistry> registry;

    private final EjectionCounter ejections;

    private final PolicyRuntime runtime;

    private final Map<Pool, PoolMeters> metered = new HashMap<>();

    private final ReentrantLock lock = new ReentrantLock();

    private volatile @Nullable Scheduled next;

    private volatile boolean closed;

    /**
     * Begins when all singletons are made.
     *
     * @param pools the pools there are now
     * @param registry where to; asked once, then; {@code null} for nowhere
     * @param ejections counts ejections
     * @param runtime clock and timer
     */
    public FailoverMeters(
            Supplier<List<Pool>> pools,
            Supplier<@Nullable MeterRegistry> registry,
            EjectionCounter ejections,
            PolicyRuntime runtime) {
        this.pools = pools;
        this.registry = registry;
        this.ejections = ejections;
        this.runtime = runtime;
    }

    @Override
    public void afterSingletonsInstantiated() {
        MeterRegistry found = registry.get();
        if (found != null) {
            keepUp(found);
        }
    }

    private void keepUp(MeterRegistry into) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            update(into);
            next = runtime.timer().schedule(() -> keepUp(into), EVERY_NANOS);
        } finally {
            lock.unlock();
        }
    }

    private void update(MeterRegistry into) {
        Set<Pool> present = pools.get().stream().collect(Collectors.toSet());
        metered.entrySet().removeIf(entry -> {
            boolean gone = !present.contains(entry.getKey());
            if (gone) {
                entry.getValue().remove();
            }
            return gone;
        });
        for (Pool pool : present) {
            metered.computeIfAbsent(pool, added -> new PoolMeters(added, into, runtime.ticker(), ejections))
                    .update();
        }
    }

    @Override
    public void destroy() {
        lock.lock();
        try {
            closed = true;
            Scheduled waiting = next;
            if (waiting != null) {
                waiting.cancel();
            }
            metered.values().forEach(PoolMeters::remove);
            metered.clear();
        } finally {
            lock.unlock();
        }
    }
}
