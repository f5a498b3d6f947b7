package io.steadfast.spring;

import java.util.Objects;

import io.steadfast.core.Policy;
import org.jspecify.annotations.Nullable;

/**
 * A policy that is to take over from another while calls go on. It may never come to that: a change is made as a whole, or called
 * off as a whole, so nothing that {@link #takeOver} does may be done before.
 *
 * @param policy the policy; {@code null} if its settings leave nothing to do
 * @param takeOver what happens at the moment the policy takes its place, for example that it takes over the state of the other. Runs
 *     once, must be quick and must not throw
 */
public record Succession(@Nullable Policy policy, Runnable takeOver) {

    private static final Runnable NOTHING = () -> {};

    /**
     * Refuses {@code null} for what happens.
     *
     * @param policy the policy
     * @param takeOver what happens
     */
    public Succession {
        Objects.requireNonNull(takeOver, "takeOver");
    }

    /**
     * A policy that begins anew.
     *
     * @param policy the policy; {@code null} if its settings leave nothing to do
     * @return the succession
     */
    public static Succession ofFresh(@Nullable Policy policy) {
        return new Succession(policy, NOTHING);
    }
}
