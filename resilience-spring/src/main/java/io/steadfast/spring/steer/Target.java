package io.steadfast.spring.steer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicySlot;
import io.steadfast.core.Steerable;
import io.steadfast.core.Steering;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.EffectiveValue;
import io.steadfast.spring.GuardedCall;
import io.steadfast.spring.PolicySections;
import io.steadfast.spring.Spelling;
import io.steadfast.spring.events.OneLine;
import org.jspecify.annotations.Nullable;

/**
 * The policy that somebody means.
 *
 * @param call the call
 * @param section where its settings are
 * @param instance its name
 * @param places its places around the call, outermost first; empty if it is not around it
 */
record Target(GuardedCall call, String section, String instance, List<SteeredPolicy> places) {

    /** @throws ChangeRefusedException if the call has no such policy */
    static Target find(
            GuardedCall call,
            List<SteeredPolicy> pipeline,
            PolicySections sections,
            CallCatalogue catalogue,
            @Nullable String wanted) {
        List<String> kinds = pipeline.stream()
                .map(one -> one.policy().id().policy())
                .map(place -> sections.sectionOf(place).orElse(place))
                .distinct()
                .toList();
        if (wanted == null) {
            throw new ChangeRefusedException("The request has no policy: say one of " + String.join(", ", kinds) + ".");
        }
        String section = sections.sectionOf(wanted)
                .orElseThrow(() -> new ChangeRefusedException("There is no policy '" + OneLine.of(wanted) + "': "
                        + Spelling.nearest(wanted, kinds)
                                .map(near -> "did you mean " + near + "?")
                                .orElse("call '" + call.name() + "' has " + String.join(", ", kinds) + ".")));
        List<SteeredPolicy> places = pipeline.stream()
                .filter(one -> sections.sectionOf(one.policy().id().policy())
                        .filter(section::equals)
                        .isPresent())
                .toList();
        String instance = places.isEmpty()
                ? catalogue.instanceOf(call.name(), section).orElse(call.name())
                : places.get(0).policy().id().instance();
        return new Target(call, section, instance, places);
    }

    /** Refuses what makes sense for a policy at work only. */
    Target atWork(SteeringAction action) {
        there();
        disabledBy().ifPresent(change -> {
            throw new ChangeRefusedException(
                    this + " is disabled (" + change.id() + "), so " + action + " makes no sense: enable it first.");
        });
        return this;
    }

    /** Refuses what makes sense only for a policy that is around the call, or would be if nobody had disabled it. */
    Target there() {
        if (places.isEmpty()) {
            throw new ChangeRefusedException(
                    "Call '" + call.name() + "' has no " + section + ", or it is switched off.");
        }
        return this;
    }

    Optional<LiveChange> disabledBy() {
        return places.stream().flatMap(place -> place.disabledBy().stream()).findFirst();
    }

    /** The slot of the policy that can do it. */
    PolicySlot<?> slotFor(SteeringAction action, Steering steering) {
        return places.stream()
                .map(place -> place.policy().slot())
                .filter(slot -> slot.policy() instanceof Steerable able
                        && able.steerings().contains(steering))
                .findFirst()
                .orElseThrow(() -> new ChangeRefusedException(
                        this + " has no action " + action + ": it has " + String.join(", ", actions()) + "."));
    }

    private List<String> actions() {
        return List.of(SteeringAction.values()).stream()
                .filter(action -> action.steering() == null || places.stream().anyMatch(place -> place.can(action)))
                .map(SteeringAction::toString)
                .collect(Collectors.toList());
    }

    PolicyId subject() {
        return places.isEmpty()
                ? new PolicyId(section, instance)
                : places.get(0).policy().id();
    }

    List<PolicyId> ids() {
        return places.stream().map(place -> place.policy().id()).toList();
    }

    /** What settings are now. */
    Map<String, @Nullable Object> valuesOf(Set<String> keys) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (String key : keys) {
            EffectiveValue known =
                    places.isEmpty() ? null : places.get(0).policy().values().get(key);
            Object value = known == null ? null : known.value();
            values.put(
                    key,
                    key.equals("enabled")
                            ? (Object) (!places.isEmpty() && disabledBy().isEmpty())
                            : value);
        }
        return values;
    }

    /** As operators call it. */
    @Override
    public String toString() {
        return section + " '" + instance + "'";
    }
}
