package io.steadfast.spring.metrics;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.steadfast.core.PolicySlot;
import io.steadfast.spring.GuardedCall;
import io.steadfast.spring.GuardedPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Makes gauges of what policies say about themselves. A gauge holds the slot and not the policy, so it follows a live
 * change; a snapshot that throws, or lacks the figure, is shown as "not a number". One per registry, for as long as calls
 * may come, because it alone remembers what is bound. Thread-safe.
 */
final class PolicyGauges {

    private final MeterRegistry registry;

    /** Remembered here, because to search the registry takes time in proportion to all meters there are. */
    private final Map<Bound, List<PolicySlot<?>>> bound = new ConcurrentHashMap<>();

    private final boolean peersToo;

    /** Gauges under our own names, and under resilience4j's if so wanted. */
    PolicyGauges(MeterRegistry registry, boolean peersToo) {
        this.registry = registry;
        this.peersToo = peersToo;
    }

    /** Binds the gauges of all policies of a call; those that other calls share are bound already and stay as they are. */
    void bind(GuardedCall call) {
        for (GuardedPolicy policy : call.pipeline()) {
            for (PolicyGauge gauge : PolicyGauge.values()) {
                if (gauge.isAbout(policy.id().policy()) && (peersToo || !gauge.isPeers())) {
                    bind(gauge, policy.slot());
                }
            }
        }
    }

    private void bind(PolicyGauge gauge, PolicySlot<?> slot) {
        String instance = slot.id().instance();
        if (!gauge.states().isEmpty()) {
            gauge.states()
                    .forEach(state ->
                            register(gauge.meter(), slot, reading(read -> gauge.isIn(state, read)), instance, state));
        } else if (gauge.mayComeLater() || !lacks(slot, gauge.snapshotKey())) {
            register(gauge.meter(), slot, reading(gauge::read), instance);
        }
    }

    private static ToDoubleFunction<PolicySlot<?>> reading(ToDoubleFunction<Map<String, Object>> figure) {
        return slot -> {
            Map<String, Object> snapshot = snapshot(slot);
            return snapshot == null ? Double.NaN : figure.applyAsDouble(snapshot);
        };
    }

    private void register(
            DocumentedMeter meter, PolicySlot<?> slot, ToDoubleFunction<PolicySlot<?>> reading, String... tags) {
        Bound gauge = new Bound(meter, List.of(tags));
        List<PolicySlot<?>> first = new CopyOnWriteArrayList<>(List.of(slot));
        List<PolicySlot<?>> slots = bound.putIfAbsent(gauge, first);
        if (slots != null) {
            addPlace(slots, slot);
            return;
        }
        try {
            register(meter, first, all -> sum(all, reading), tags);
        } catch (RuntimeException broken) {
            bound.remove(gauge); // the next call that shares the policy may have more luck
            throw broken;
        }
    }

    private void register(
            DocumentedMeter meter,
            List<PolicySlot<?>> slots,
            ToDoubleFunction<List<PolicySlot<?>>> reading,
            String... tags) {
        if (meter.type() == Meter.Type.COUNTER) {
            FunctionCounter.builder(meter.meterName(), slots, reading) // held weakly, but remembered here
                    .description(meter.description())
                    .tags(meter.tags(tags))
                    .register(registry);
            return;
        }
        Gauge.builder(meter.meterName(), slots, reading)
                .description(meter.description())
                .baseUnit(meter.baseUnit())
                .tags(meter.tags(tags))
                .strongReference(true) // a weakly held slot would one day read "not a number"
                .register(registry);
    }

    /** Another place of the same instance; the slot of a place that is known is that of another call, which shares it. */
    private static void addPlace(List<PolicySlot<?>> slots, PolicySlot<?> slot) {
        if (slots.stream().noneMatch(known -> known.id().equals(slot.id()))) {
            slots.add(slot);
        }
    }

    private static double sum(List<PolicySlot<?>> slots, ToDoubleFunction<PolicySlot<?>> reading) {
        double sum = 0;
        for (PolicySlot<?> slot : slots) {
            sum += reading.applyAsDouble(slot);
        }
        return sum;
    }

    /** A policy that has no such figure, for example a retry without a budget, gets no gauge. */
    private static boolean lacks(PolicySlot<?> slot, String key) {
        Map<String, Object> snapshot = snapshot(slot);
        return snapshot != null && !snapshot.containsKey(key);
    }

    private static @Nullable Map<String, Object> snapshot(PolicySlot<?> slot) {
        try {
            return slot.policy().snapshot();
        } catch (RuntimeException broken) {
            return null;
        }
    }

    /** What tells one gauge from another. */
    private record Bound(DocumentedMeter meter, List<String> tags) {}
}
