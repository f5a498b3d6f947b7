package io.steadfast.spring.steer;

import io.steadfast.core.Policy;
import io.steadfast.core.PolicySlot;
import io.steadfast.core.Steerable;
import io.steadfast.core.Steering;

/** Steers the policy that sits in a slot. */
final class Slots {

    private static final String STATE = "state";

    private Slots() {}

    /**
     * Does it, again if the policy is replaced meanwhile, because the one that was steered may then have been asked too late.
     *
     * @return how the state has changed, in words; empty if it has not
     */
    static String steer(PolicySlot<?> slot, Steering steering) {
        String before = state(slot);
        Policy policy;
        do {
            policy = slot.policy();
            if (policy instanceof Steerable able && able.steerings().contains(steering)) {
                able.steer(steering);
            }
        } while (slot.policy() != policy);
        String after = state(slot);
        return before.equals(after) ? "" : "state from " + before + " to " + after;
    }

    private static String state(PolicySlot<?> slot) {
        try {
            return String.valueOf(slot.policy().snapshot().get(STATE));
        } catch (RuntimeException unreadable) {
            return "unreadable";
        }
    }
}
