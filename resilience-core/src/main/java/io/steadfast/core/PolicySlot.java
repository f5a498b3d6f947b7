package io.steadfast.core;

import java.util.Objects;

/**
 * The place of one policy instance, shared by all pipelines that use its name. A live change puts another policy in;
 * pipelines are never rebuilt.
 *
 * <p>Thread-safe: a call reads the slot once per attempt and stays with what it read, so a permit is always settled by
 * the policy that gave it.
 *
 * @param <P> the shape: {@link Gate}, {@link Recovery}, {@link TimeLimit} or {@link Race}
 */
public final class PolicySlot<P extends Policy> {

    private final Class<P> shape;

    private final PolicyId id;

    private volatile P policy;

    private PolicySlot(Class<P> shape, P policy) {
        this.shape = shape;
        this.id = policy.id();
        this.policy = policy;
    }

    /**
     * A slot that holds a policy.
     *
     * @param policy the first policy; its shape and its id are the slot's for ever
     * @return the slot
     */
    public static PolicySlot<?> of(Policy policy) {
        if (policy instanceof Gate gate) {
            return new PolicySlot<>(Gate.class, gate);
        }
        if (policy instanceof Recovery recovery) {
            return new PolicySlot<>(Recovery.class, recovery);
        }
        if (policy instanceof Race race) {
            return new PolicySlot<>(Race.class, race);
        }
        return new PolicySlot<>(TimeLimit.class, (TimeLimit) Objects.requireNonNull(policy, "policy"));
    }

    /**
     * Whose place this is.
     *
     * @return kind and instance name
     */
    public PolicyId id() {
        return id;
    }

    /**
     * The policy in force.
     *
     * @return the latest one put in
     */
    public P policy() {
        return policy;
    }

    /**
     * Puts another policy in. Calls under way end with the one they started with.
     *
     * @param next a policy of the same shape and id
     * @return the policy it replaces
     * @throws IllegalArgumentException if shape or id differ; nothing is changed
     */
    public Policy replace(Policy next) {
        if (!shape.isInstance(next) || !id.equals(next.id())) {
            throw new IllegalArgumentException("The slot of " + id + " takes a " + shape.getSimpleName()
                    + " with that id, not " + next.id() + " (" + next.getClass().getName() + ")");
        }
        P before = policy;
        policy = shape.cast(next);
        return before;
    }
}
