package io.steadfast.failover;

import java.time.Duration;
import java.util.List;

import io.steadfast.core.Gate;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.test.GateContract;

/** What every gate has to keep, kept by a pool of three. */
class FailoverContractTests extends GateContract {

    @Override
    protected Gate openGate(PolicyRuntime runtime) {
        return gate(runtime, FailoverConfig.defaults(), "a", "b", "c");
    }

    /** Nobody is there. */
    @Override
    protected Gate shutGate(PolicyRuntime runtime) {
        return gate(
                runtime, FailoverConfig.builder().firstListWait(Duration.ZERO).build());
    }

    private static Gate gate(PolicyRuntime runtime, FailoverConfig config, String... ids) {
        PolicyId id = new PolicyId(FailoverPolicy.KIND, "contract");
        return new FailoverPolicy(id, config, runtime, InstanceSource.of(List.copyOf(Bench.instances(ids))));
    }

    @Override
    protected int permitsInUse(Gate gate) {
        return (int) gate.snapshot().get("in-flight");
    }
}
