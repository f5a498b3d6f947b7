package io.steadfast.spring.steer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

import io.steadfast.core.PolicyId;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.EffectiveValue;
import io.steadfast.spring.GuardedCall;
import io.steadfast.spring.GuardedPolicy;
import io.steadfast.spring.PolicySections;
import io.steadfast.spring.events.OneLine;

/** Calls with the policies that are around them, and those that would be if nobody had disabled them. Thread-safe. */
final class SteeredCalls {

    private final CallCatalogue catalogue;

    private final Supplier<List<Standing>> standing;

    SteeredCalls(CallCatalogue catalogue, Supplier<List<Standing>> standing) {
        this.catalogue = catalogue;
        this.standing = standing;
    }

    /** All of them, ordered by name; those without any policy left are there too. */
    List<GuardedCall> all() {
        Map<String, GuardedCall> calls = new TreeMap<>();
        catalogue.calls().forEach(call -> calls.put(call.name(), call));
        for (Standing change : standing.get()) {
            change.absent()
                    .forEach(absent -> calls.putIfAbsent(
                            absent.call(), new GuardedCall(absent.call(), absent.methods(), List.of())));
        }
        return List.copyOf(calls.values());
    }

    Optional<GuardedCall> find(String name) {
        return catalogue
                .find(name)
                .or(() ->
                        all().stream().filter(call -> call.name().equals(name)).findFirst());
    }

    /** The policies of a call, outermost first. */
    List<SteeredPolicy> pipeline(GuardedCall call) {
        List<SteeredPolicy> shown = new ArrayList<>();
        call.pipeline().forEach(policy -> shown.add(new SteeredPolicy(policy, Optional.empty())));
        Map<PolicyId, Disabled> disabled = disabled(call.name());
        call.pipeline().forEach(policy -> disabled.remove(policy.id()));
        disabled.values().stream()
                .sorted((one, other) -> Integer.compare(one.absent.place(), other.absent.place()))
                .forEach(one -> shown.add(Math.min(one.absent.place(), shown.size()), one.shown()));
        return List.copyOf(shown);
    }

    /** The last change that says something about a policy being on or off decides. */
    private Map<PolicyId, Disabled> disabled(String call) {
        Map<PolicyId, Disabled> found = new LinkedHashMap<>();
        for (Standing change : standing.get()) {
            for (Standing.Absent absent : change.absent()) {
                if (absent.call().equals(call)) {
                    found.put(absent.policy().id(), new Disabled(absent, change.change()));
                }
            }
        }
        return found;
    }

    /** Every place of an instance in every call, to be shown where it was. */
    List<Standing.Absent> placesOf(List<PolicyId> policies) {
        List<Standing.Absent> places = new ArrayList<>();
        for (GuardedCall call : all()) {
            List<SteeredPolicy> pipeline = pipeline(call);
            for (int place = 0; place < pipeline.size(); place++) {
                GuardedPolicy policy = pipeline.get(place).policy();
                if (policies.contains(policy.id())) {
                    places.add(new Standing.Absent(call.name(), call.methods(), place, policy));
                }
            }
        }
        return places;
    }

    boolean isAround(Target target) {
        return target.ids().stream()
                .anyMatch(id -> catalogue.find(target.call().name()).stream()
                        .flatMap(call -> call.pipeline().stream())
                        .anyMatch(policy -> policy.id().equals(id)));
    }

    boolean isAround(String call, String section, String instance, PolicySections sections) {
        return catalogue.find(call).stream()
                .flatMap(found -> found.pipeline().stream())
                .map(GuardedPolicy::id)
                .anyMatch(id -> id.instance().equals(instance)
                        && sections.sectionOf(id.policy())
                                .filter(section::equals)
                                .isPresent());
    }

    /** Properties cannot say which of two names is meant that differ in capitals or punctuation only. */
    void refuseTwins(Target target, PolicySections sections) {
        for (GuardedCall call : catalogue.calls()) {
            for (GuardedPolicy policy : call.pipeline()) {
                String other = policy.id().instance();
                if (!other.equals(target.instance())
                        && PolicySections.isSameName(other, target.instance())
                        && sections.sectionOf(policy.id().policy())
                                .filter(target.section()::equals)
                                .isPresent()) {
                    throw new ChangeRefusedException("Properties cannot tell " + target + " from '" + OneLine.of(other)
                            + "', so a change of one would be a change of both.");
                }
            }
        }
    }

    private record Disabled(Standing.Absent absent, LiveChange by) {

        SteeredPolicy shown() {
            Map<String, EffectiveValue> values =
                    new LinkedHashMap<>(absent.policy().values());
            values.put("enabled", new EffectiveValue(false, Overlay.origin(by)));
            return new SteeredPolicy(new GuardedPolicy(absent.policy().slot(), values), Optional.of(by));
        }
    }
}
