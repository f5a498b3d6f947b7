package io.steadfast.failover.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

import io.steadfast.failover.FailoverPolicy;
import io.steadfast.failover.Pool;
import io.steadfast.spring.CallCatalogue;

/** The pools that calls use now. Asked anew each time: calls come while beans are made, and go when settings change. */
record Pools(CallCatalogue catalogue) implements Supplier<List<Pool>> {

    @Override
    public List<Pool> get() {
        Map<String, Pool> byName = new TreeMap<>();
        catalogue.calls().stream()
                .flatMap(call -> call.pipeline().stream())
                .map(policy -> policy.slot().policy())
                .filter(FailoverPolicy.class::isInstance)
                .map(policy -> ((FailoverPolicy) policy).pool())
                .forEach(pool -> byName.putIfAbsent(pool.name(), pool));
        return List.copyOf(byName.values());
    }
}
