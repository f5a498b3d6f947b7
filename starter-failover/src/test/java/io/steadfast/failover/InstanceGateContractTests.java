package io.steadfast.failover;

import io.steadfast.core.Call;
import io.steadfast.core.CircuitOpenException;
import io.steadfast.core.Gate;
import io.steadfast.core.Permit;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.test.GateContract;
import org.jspecify.annotations.Nullable;

/** What every gate has to keep, kept by a pool of which each instance has a gate of its own. */
class InstanceGateContractTests extends GateContract {

    @Override
    protected Gate openGate(PolicyRuntime runtime) {
        return gate(runtime, false);
    }

    @Override
    protected Gate shutGate(PolicyRuntime runtime) {
        return gate(runtime, true);
    }

    private static Gate gate(PolicyRuntime runtime, boolean shut) {
        EjectionConfig ejection = EjectionConfig.builder()
                .instanceGate(instance -> new Door(shut))
                .build();
        return new FailoverPolicy(
                new PolicyId(FailoverPolicy.KIND, "contract"),
                FailoverConfig.builder().ejection(ejection).build(),
                runtime,
                InstanceSource.of(Bench.instances("a", "b")));
    }

    @Override
    protected int permitsInUse(Gate gate) {
        int inside = ((FailoverPolicy) gate)
                .pool().members().all().stream()
                        .mapToInt(member -> ((Door) member.gate()).inside)
                        .sum();
        return (int) gate.snapshot().get("in-flight") + inside;
    }

    /** Counts who is inside. */
    static final class Door implements Gate, Permit {

        private final boolean shut;

        int inside;

        Door(boolean shut) {
            this.shut = shut;
        }

        @Override
        public PolicyId id() {
            return new PolicyId("door", "contract");
        }

        @Override
        public Permit acquire(Call call) {
            if (shut) {
                throw new CircuitOpenException(call.name(), "open", null, false);
            }
            inside++;
            return this;
        }

        @Override
        public void succeeded(Call call, long elapsedNanos, @Nullable Object result) {
            inside--;
        }

        @Override
        public void failed(Call call, long elapsedNanos, Throwable failure) {
            inside--;
        }

        @Override
        public void abandoned(Call call) {
            inside--;
        }
    }
}
