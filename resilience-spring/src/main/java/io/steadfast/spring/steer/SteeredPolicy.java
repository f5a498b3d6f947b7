package io.steadfast.spring.steer;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.steadfast.core.Steerable;
import io.steadfast.spring.GuardedPolicy;

/**
 * A policy as operators see it: one that they have disabled is around no call any more, but is shown all the same.
 *
 * @param policy the policy
 * @param disabledBy the change that has disabled it; empty if none has
 */
public record SteeredPolicy(GuardedPolicy policy, Optional<LiveChange> disabledBy) {

    /**
     * What may be asked of it now, as requests spell it: what no request would be refused for on principle.
     *
     * @return actions, in the order in which they are documented
     */
    public List<String> actions() {
        return Arrays.stream(SteeringAction.values())
                .filter(this::makesSense)
                .map(SteeringAction::toString)
                .toList();
    }

    private boolean makesSense(SteeringAction action) {
        return switch (action) {
            case FORCE_OPEN, FORCE_CLOSED, RESET -> disabledBy.isEmpty() && can(action);
            case DISABLE -> disabledBy.isEmpty();
            case ENABLE -> disabledBy.isPresent();
            case CHANGE -> true;
            case UNDO -> false; // belongs to a change, not to a policy
        };
    }

    boolean can(SteeringAction action) {
        return action.steering() != null
                && policy.slot().policy() instanceof Steerable able
                && able.steerings().contains(action.steering());
    }
}
