package io.steadfast.spring.steer;

import java.util.Optional;

import io.steadfast.spring.GuardedPolicy;

/**
 * A policy as operators see it: one that they have disabled is around no call any more, but is shown all the same.
 *
 * @param policy the policy
 * @param disabledBy the change that has disabled it; empty if none has
 */
public record SteeredPolicy(GuardedPolicy policy, Optional<LiveChange> disabledBy) {}
