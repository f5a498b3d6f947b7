package io.steadfast.resilience4j.registry;

import java.time.Duration;

import io.steadfast.bulkhead.BulkheadConfig;
import io.steadfast.bulkhead.BulkheadPolicy;
import io.steadfast.core.Call;
import io.steadfast.core.Gate;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.test.GateContract;

/** What every gate has to keep, kept by a bulkhead that somebody listens to. */
class ObservedBulkheadContractTests extends GateContract {

    @Override
    protected Gate openGate(PolicyRuntime runtime) {
        return gate(runtime, 5);
    }

    /** Its one place is taken, and so is the one in its queue. */
    @Override
    protected Gate shutGate(PolicyRuntime runtime) {
        Gate full = gate(runtime, 1);
        full.acquire(Call.of("in"));
        full.acquire(Call.of("queued"));
        return full;
    }

    private static Gate gate(PolicyRuntime runtime, int limit) {
        BulkheadConfig config = BulkheadConfig.builder()
                .maxConcurrentCalls(limit)
                .maxWaitDuration(Duration.ofMillis(100))
                .build();
        BulkheadEvents events = new BulkheadEvents("contract");
        events.onEvent(event -> {});
        return new ObservedBulkhead(
                new BulkheadPolicy(new PolicyId(BulkheadPolicy.KIND, "contract"), config, runtime), events);
    }

    @Override
    protected int permitsInUse(Gate gate) {
        int taken = gate.snapshot().get("limit").equals(1) ? 2 : 0;
        return (int) gate.snapshot().get("in-flight") + (int) gate.snapshot().get("queued") - taken;
    }
}
