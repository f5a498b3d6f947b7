package io.steadfast.failover.metrics;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import io.steadfast.core.PolicyEvent;
import io.steadfast.core.PolicyEvent.Kind;
import io.steadfast.core.ResilienceListener;
import io.steadfast.failover.FailoverPolicy;
import io.steadfast.failover.InstanceState.Status;

/** Counts how often pools have set an instance aside. One count per pool: instances come and go, and a count must not. Thread-safe. */
public final class EjectionCounter implements ResilienceListener {

    private final Map<String, LongAdder> ejections = new ConcurrentHashMap<>();

    /** Has counted nothing. */
    public EjectionCounter() {}

    @Override
    public void policyEvent(PolicyEvent event) {
        if (event.kind() == Kind.STATE_CHANGED
                && event.policy().policy().equals(FailoverPolicy.KIND)
                && Status.EJECTED.name().toLowerCase(Locale.ROOT).equalsIgnoreCase(event.to())) {
            ejections
                    .computeIfAbsent(event.policy().instance(), pool -> new LongAdder())
                    .increment();
        }
    }

    long of(String pool) {
        LongAdder counted = ejections.get(pool);
        return counted == null ? 0 : counted.sum();
    }
}
