package io.steadfast.failover;

import io.steadfast.core.Gate;
import io.steadfast.core.Instance;
import io.steadfast.core.PolicyEvent;
import io.steadfast.core.PolicyId;
import io.steadfast.core.ResilienceListener;
import org.jspecify.annotations.Nullable;

/** Makes the gates that instances have of their own. */
final class InstanceGates {

    private InstanceGates() {}

    static @Nullable Object factoryOf(@Nullable EjectionConfig ejection) {
        return ejection == null ? null : ejection.instanceGate();
    }

    /** A gate that cannot be made is none: the instance is used without. */
    static @Nullable Gate gateOf(Instance instance, Terms terms, PolicyId id) {
        EjectionConfig ejection = terms.ejection();
        if (ejection == null || ejection.instanceGate() == null) {
            return null;
        }
        try {
            return ejection.instanceGate().apply(instance);
        } catch (RuntimeException broken) {
            ResilienceListener listener = terms.runtime().listener();
            if (listener.hears(PolicyEvent.Kind.POLICY_FAILED)) {
                String detail = instance + " goes without a gate of its own";
                listener.policyEvent(PolicyEvent.of(PolicyEvent.Kind.POLICY_FAILED, id, id.instance(), detail, broken));
            }
            return null;
        }
    }
}
