package io.steadfast.spring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An instance of a policy as it stands, made from properties and from what the methods that use it said so far.
 *
 * @param stated what annotations said, the earliest first
 * @param standard what the standard set said
 * @param settings what is in force
 * @param policies what was made, by place, outermost first; empty if it is switched off or has nothing to do
 * @param everMade what was made at any time, by place: a policy that is switched off and on again is the same
 * @param refused whether it could not be made, and has been reported
 * @param firstUser the first method that uses it
 */
record PolicyInstance(
        List<StatedValues> stated,
        StatedValues standard,
        EffectiveSettings<?> settings,
        Map<String, GuardedPolicy> policies,
        Map<String, GuardedPolicy> everMade,
        boolean refused,
        String firstUser) {

    /** The earlier annotation that set a key. */
    Optional<StatedValues> whoSet(String key) {
        return stated.stream()
                .filter(annotation -> annotation.values().containsKey(key))
                .findFirst();
    }

    boolean knows(Set<String> keys) {
        return keys.stream().allMatch(key -> whoSet(key).isPresent());
    }

    List<StatedValues> statedAnd(StatedValues later) {
        List<StatedValues> all = new ArrayList<>(stated);
        all.add(later);
        return List.copyOf(all);
    }

    /** This instance after one more annotation has had its say. */
    PolicyInstance stating(StatedValues later) {
        return new PolicyInstance(statedAnd(later), standard, settings, policies, everMade, refused, firstUser);
    }

    /** This instance under other settings. */
    PolicyInstance with(
            StatedValues newStandard,
            EffectiveSettings<?> newSettings,
            Map<String, GuardedPolicy> newPolicies,
            boolean newlyRefused) {
        Map<String, GuardedPolicy> all = new LinkedHashMap<>(everMade);
        all.putAll(newPolicies);
        return new PolicyInstance(stated, newStandard, newSettings, newPolicies, all, newlyRefused, firstUser);
    }

    /** Whether other settings would make the same policy. */
    boolean wouldBeSameWith(EffectiveSettings<?> other) {
        return settings.isLike(other);
    }
}
