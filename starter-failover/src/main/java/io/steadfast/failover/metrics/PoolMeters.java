package io.steadfast.failover.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.steadfast.core.time.Ticker;
import io.steadfast.failover.InstanceState;
import io.steadfast.failover.InstanceState.Status;
import io.steadfast.failover.Pool;

/**
 * The meters of one pool. Instances have meters of their own up to a number, so that a registry gone mad fills no meter registry; what is
 * beyond it is added up under one name.
 */
final class PoolMeters {

    /** How many instances have meters of their own. */
    static final int MOST_INSTANCES = 50;

    /** The tag of all others together. */
    static final String OTHER = "other";

    private final Pool pool;

    private final MeterRegistry registry;

    private final PoolReading reading;

    private final List<Meter> ofPool = new ArrayList<>();

    private final Map<String, List<Meter>> ofInstances = new LinkedHashMap<>();

    /** Who has meters of his own. Replaced as a whole: gauges read it on other threads. */
    private volatile Set<String> known = Set.of();

    PoolMeters(Pool pool, MeterRegistry registry, Ticker ticker, EjectionCounter ejections) {
        this.pool = pool;
        this.registry = registry;
        this.reading = new PoolReading(pool, ticker);
        for (Status status : Status.values()) {
            ofPool.add(gauge(
                    FailoverMeter.INSTANCES,
                    () -> count(status),
                    pool.name(),
                    status.name().toLowerCase(Locale.ROOT)));
        }
        ofPool.add(gauge(FailoverMeter.PANIC, () -> pool.isInPanic() ? 1 : 0, pool.name()));
        ofPool.add(gauge(FailoverMeter.LIST_AGE, this::listAge, pool.name()));
        ofPool.add(counter(FailoverMeter.REFRESH_FAILURES, pool, Pool::refreshFailures));
        ofPool.add(counter(FailoverMeter.EJECTIONS, ejections, all -> all.of(pool.name())));
    }

    private Gauge gauge(FailoverMeter meter, Supplier<Number> value, String... tags) {
        return Gauge.builder(meter.meterName(), value)
                .description(meter.description())
                .baseUnit(meter.baseUnit())
                .tags(meter.tags(tags))
                .strongReference(true) // a weakly held reading would one day be "not a number"
                .register(registry);
    }

    private <T> FunctionCounter counter(FailoverMeter meter, T counted, ToDoubleFunction<T> count) {
        return FunctionCounter.builder(meter.meterName(), counted, count)
                .description(meter.description())
                .tags(meter.tags(pool.name()))
                .register(registry);
    }

    private long count(Status status) {
        return reading.instances().stream()
                .filter(instance -> instance.status() == status)
                .count();
    }

    private double listAge() {
        return pool.listAge().map(age -> age.toNanos() / 1e9).orElse(Double.NaN);
    }

    /** Gives meters to instances that have come, and takes them from those that have gone. */
    void update() {
        Set<String> present =
                reading.instances().stream().map(state -> state.instance().id()).collect(Collectors.toSet());
        ofInstances.entrySet().removeIf(entry -> {
            boolean gone = !entry.getKey().equals(OTHER) && !present.contains(entry.getKey());
            if (gone) {
                entry.getValue().forEach(registry::remove);
            }
            return gone;
        });
        Set<String> own = new TreeSet<>(ofInstances.keySet());
        own.remove(OTHER);
        present.stream()
                .sorted()
                .filter(id -> !own.contains(id) && !id.equals(OTHER))
                .limit(MOST_INSTANCES - own.size())
                .forEach(own::add);
        known = Set.copyOf(own);
        own.forEach(id -> ofInstances.computeIfAbsent(id, added -> register(added, state -> isOf(added, state))));
        if (present.size() > own.size()) {
            ofInstances.computeIfAbsent(
                    OTHER,
                    added -> register(
                            added, state -> !known.contains(state.instance().id())));
        } else {
            List<Meter> others = ofInstances.remove(OTHER);
            if (others != null) {
                others.forEach(registry::remove);
            }
        }
    }

    private static boolean isOf(String id, InstanceState state) {
        return state.instance().id().equals(id);
    }

    private List<Meter> register(String tag, Predicate<InstanceState> whose) {
        return List.of(
                gauge(
                        FailoverMeter.IN_FLIGHT,
                        () -> matching(whose).mapToLong(InstanceState::inFlight).sum(),
                        pool.name(),
                        tag),
                gauge(
                        FailoverMeter.EXPECTED_TIME,
                        () -> matching(whose)
                                        .mapToLong(InstanceState::expectedNanos)
                                        .max()
                                        .orElse(0)
                                / 1e9,
                        pool.name(),
                        tag),
                gauge(
                        FailoverMeter.TIMES_EJECTED,
                        () -> matching(whose)
                                .mapToLong(InstanceState::timesEjected)
                                .sum(),
                        pool.name(),
                        tag));
    }

    private Stream<InstanceState> matching(Predicate<InstanceState> whose) {
        return reading.instances().stream().filter(whose);
    }

    void remove() {
        ofPool.forEach(registry::remove);
        ofInstances.values().forEach(meters -> meters.forEach(registry::remove));
        ofInstances.clear();
    }
}
