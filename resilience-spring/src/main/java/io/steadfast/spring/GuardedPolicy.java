package io.steadfast.spring;

import java.util.Map;

import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicySlot;

/**
 * A policy in force, with the settings it was made from.
 *
 * @param slot where it sits, shared by all methods that use its name
 * @param values its settings by key, with their origins, in a stable order
 */
public record GuardedPolicy(PolicySlot<?> slot, Map<String, EffectiveValue> values) {

    /**
     * Whose settings these are.
     *
     * @return kind and instance name
     */
    public PolicyId id() {
        return slot.id();
    }

    GuardedPolicy replacedBy(GuardedPolicy made) {
        slot.replace(made.slot.policy());
        return new GuardedPolicy(slot, made.values);
    }
}
