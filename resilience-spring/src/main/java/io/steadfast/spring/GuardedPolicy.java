package io.steadfast.spring;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

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

    /** The same with the settings of another, except where a method has its own. */
    GuardedPolicy revalued(GuardedPolicy other, Set<String> methodKeys) {
        Map<String, EffectiveValue> merged = new LinkedHashMap<>(other.values);
        merged.replaceAll((key, value) -> methodKeys.contains(key) ? values.getOrDefault(key, value) : value);
        return new GuardedPolicy(slot, merged);
    }
}
