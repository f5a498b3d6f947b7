package io.steadfast.failover.health;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

import io.steadfast.core.Instance;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.time.Timer.Scheduled;
import org.jspecify.annotations.Nullable;

/**
 * Checks the instances of a pool again and again, from {@link #start} to {@link #close}. Follows the list of instances by itself: new
 * ones are checked, and those that have gone are forgotten.
 *
 * <p>One task at the timer for the whole pool says when the next check is due. Checks run on the timer's threads, at most
 * {@value #AT_ONCE} at once for a pool, and never two of the same instance. Nothing that a check, the list or the listener throws ends
 * the schedule. Thread-safe.
 */
public final class HealthChecks implements AutoCloseable {

    static final int AT_ONCE = 16;

    private static final Logger LOGGER = System.getLogger(HealthChecks.class.getName());

    private final ReentrantLock lock = new ReentrantLock();

    private final Map<String, Probe> probes = new LinkedHashMap<>();

    private final HealthConfig config;

    private final PolicyRuntime runtime;

    private final Supplier<List<Instance>> instances;

    private final BooleanSupplier calls;

    private final HealthListener listener;

    private final DoubleSupplier random;

    private int running;

    private boolean started;

    private boolean closed;

    private long lastCalls;

    private @Nullable Scheduled wake;

    private long wakeAt;

    /**
     * Checks that have not started yet.
     *
     * @param config how to check
     * @param runtime time
     * @param instances the instances there are; quick
     * @param calls whether calls went to the pool since it was asked before; asked at least once an interval, which is how long a pool
     *     counts as in use
     * @param listener hears of the checks
     */
    public HealthChecks(
            HealthConfig config,
            PolicyRuntime runtime,
            Supplier<List<Instance>> instances,
            BooleanSupplier calls,
            HealthListener listener) {
        this(config, runtime, instances, calls, listener, runtime.random()::nextDouble);
    }

    HealthChecks(
            HealthConfig config,
            PolicyRuntime runtime,
            Supplier<List<Instance>> instances,
            BooleanSupplier calls,
            HealthListener listener,
            DoubleSupplier random) {
        this.config = config;
        this.runtime = runtime;
        this.instances = instances;
        this.calls = calls;
        this.listener = listener;
        this.random = random;
    }

    /** Begins. Does nothing the second time, or after the end. */
    public void start() {
        lock.lock();
        try {
            if (!started && !closed) {
                started = true;
                lastCalls = now();
                wakeAt(now());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Looks at the list of instances soon, because it has changed; without that it does so once an interval. Quick. */
    public void listChanged() {
        lock.lock();
        try {
            if (started && !closed) {
                wakeAt(now());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends all checks. Those that are running are interrupted, and nobody hears of them. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (wake != null) {
                wake.cancel();
                wake = null;
            }
            probes.values().forEach(Probe::forget);
        } finally {
            lock.unlock();
        }
    }

    /** What is due now is begun, and the timer told when to come back. */
    private void turn() {
        List<Instance> listed = listed();
        boolean called = called();
        lock.lock();
        try {
            wake = null;
            if (closed) {
                return;
            }
            long now = now();
            lastCalls = called ? now : lastCalls;
            if (listed != null) {
                follow(listed, now);
            }
            boolean quiet = now - lastCalls >= config.interval().toNanos();
            begin(now, quiet);
            wakeAt(nextTurn(now, quiet));
        } finally {
            lock.unlock();
        }
    }

    private void begin(long now, boolean quiet) {
        List<Probe> due = probes.values().stream()
                .filter(probe -> probe.isWaiting() && probe.untilDue(now, quiet) <= 0)
                .sorted(Comparator.comparingLong(probe -> probe.untilDue(now, quiet)))
                .limit(AT_ONCE - running)
                .toList();
        for (Probe probe : due) {
            RunningCheck check = probe.begin(config, runtime.timer(), listener, () -> ended(probe));
            running++;
            try {
                runtime.timer().schedule(check, 0);
            } catch (RejectedExecutionException noThread) {
                complain("A health check of " + probe.instance() + " could not begin", noThread);
                ended(probe);
            }
        }
    }

    private long nextTurn(long now, boolean quiet) {
        long wait = config.interval().toNanos();
        if (running < AT_ONCE) {
            for (Probe probe : probes.values()) {
                if (probe.isWaiting()) {
                    wait = Math.min(wait, probe.untilDue(now, quiet));
                }
            }
        }
        return now + Math.max(0, wait);
    }

    private void ended(Probe probe) {
        lock.lock();
        try {
            boolean full = running == AT_ONCE;
            running--;
            probe.ended(now(), random.getAsDouble());
            if (probe.isGone()) {
                probes.remove(probe.instance().id(), probe);
            }
            if (!closed) {
                wakeAt(full ? now() : now() + probe.nextWait());
            }
        } finally {
            lock.unlock();
        }
    }

    private void follow(List<Instance> listed, long now) {
        Set<String> ids = new HashSet<>();
        for (Instance instance : listed) {
            ids.add(instance.id());
            Probe known = probes.get(instance.id());
            if (known == null) {
                probes.put(instance.id(), new Probe(instance, config, now, random.getAsDouble()));
            } else {
                known.listedAs(instance, now, random.getAsDouble());
            }
        }
        probes.values().removeIf(probe -> !ids.contains(probe.instance().id()) && probe.forget());
    }

    private void wakeAt(long at) {
        if (wake != null) {
            if (wakeAt - at <= 0) {
                return;
            }
            wake.cancel();
            wake = null;
        }
        wakeAt = at;
        try {
            wake = runtime.timer().schedule(this::turn, at - now());
        } catch (RejectedExecutionException noThread) {
            complain("Health checks stand still until the list of instances is looked at again", noThread);
        }
    }

    private @Nullable List<Instance> listed() {
        try {
            return instances.get();
        } catch (Throwable broken) {
            complain("The list of instances to check cannot be read, so the last one holds", broken);
            return null;
        }
    }

    private boolean called() {
        try {
            return calls.getAsBoolean();
        } catch (Throwable broken) {
            complain("Whether there are calls cannot be told, so health checks go on as if there were", broken);
            return true;
        }
    }

    private long now() {
        return runtime.ticker().nanos();
    }

    static void complain(String text, Throwable broken) {
        LOGGER.log(Level.WARNING, text, broken);
    }
}
