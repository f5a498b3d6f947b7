package io.steadfast.spring.steer;

import java.util.List;
import java.util.Map;

import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicySlot;
import io.steadfast.core.Steering;
import io.steadfast.core.time.Timer;
import io.steadfast.spring.GuardedPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A change in force, and what it takes to undo it. Its section, and not the place of its policy in the order, says which properties
 * are its.
 *
 * @param change as operators see it
 * @param section whose properties it sets
 * @param subject the policy that events tell of
 * @param effect what it does
 * @param end ends it by itself; {@code null} if nothing does
 */
record Standing(LiveChange change, String section, PolicyId subject, Effect effect, Timer.@Nullable Scheduled end) {

    /** What a change does. */
    sealed interface Effect permits Forced, Set {}

    /** Has a policy do something until it is released. */
    record Forced(PolicySlot<?> slot, Steering steering) implements Effect {}

    /**
     * Sets properties.
     *
     * @param properties values by property name
     * @param absent the policies that disappear by it
     */
    record Set(Map<String, String> properties, List<Absent> absent) implements Effect {}

    /**
     * A policy that was around a call.
     *
     * @param call the call
     * @param methods the methods that go by the call's name
     * @param place how many policies lay outside it
     * @param policy the policy
     */
    record Absent(String call, List<String> methods, int place, GuardedPolicy policy) {}

    boolean isOf(String otherSection, String instance) {
        return section.equals(otherSection) && change.instance().equals(instance);
    }

    boolean forces(PolicySlot<?> slot) {
        return effect instanceof Forced forced && forced.slot() == slot;
    }

    Map<String, String> properties() {
        return effect instanceof Set set ? set.properties() : Map.of();
    }

    List<Absent> absent() {
        return effect instanceof Set set ? set.absent() : List.of();
    }

    void cancelEnd() {
        if (end != null) {
            end.cancel();
        }
    }

    Standing endingBy(Timer.Scheduled other) {
        return new Standing(change, section, subject, effect, other);
    }
}
