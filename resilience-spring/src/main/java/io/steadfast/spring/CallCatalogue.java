package io.steadfast.spring;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

import io.steadfast.core.PolicyOrder;

/**
 * All guarded calls of the application by name: what the actuator, meters and other tools look at. Grows while beans are
 * made; thread-safe.
 */
public final class CallCatalogue {

    private volatile Map<String, GuardedCall> calls = new ConcurrentSkipListMap<>();

    /** Which instance of which policy each call asks for, be it switched on or off. */
    private volatile Map<String, Map<String, String>> asked = new ConcurrentHashMap<>();

    CallCatalogue() {}

    /**
     * The calls.
     *
     * @return a snapshot, ordered by name
     */
    public List<GuardedCall> calls() {
        return List.copyOf(calls.values());
    }

    /**
     * One call.
     *
     * @param name its name
     * @return the call, empty if no method goes by the name
     */
    public Optional<GuardedCall> find(String name) {
        return Optional.ofNullable(calls.get(name));
    }

    /**
     * The name of the policy that a call asks for, whether it has it or the policy is switched off.
     *
     * @param call the call's name
     * @param section the policy's section in the properties
     * @return the instance's name; empty if the call asks for no such policy
     */
    public Optional<String> instanceOf(String call, String section) {
        return Optional.ofNullable(asked.getOrDefault(call, Map.of()).get(section));
    }

    void note(String call, String section, String instance) {
        asked.computeIfAbsent(call, any -> new ConcurrentHashMap<>()).put(section, instance);
    }

    /** Shows what another one shows, from now on. */
    void become(CallCatalogue other) {
        calls = other.calls;
        asked = other.asked;
    }

    Map<String, String> anyMethodOfEach() {
        return calls.values().stream()
                .collect(Collectors.toMap(
                        GuardedCall::name, call -> call.methods().get(0)));
    }

    /** Adds a method to a call; policies of the same identity are the same policy, seen by several methods. */
    void add(String name, String method, List<GuardedPolicy> pipeline, PolicyOrder order) {
        calls.merge(name, new GuardedCall(name, List.of(method), pipeline), (known, added) -> {
            Set<String> methods = new LinkedHashSet<>(known.methods());
            methods.addAll(added.methods());
            return new GuardedCall(name, List.copyOf(methods), union(known.pipeline(), added.pipeline(), order));
        });
    }

    /**
     * Policies that calls share were made anew from other settings, which all of them show from now on.
     *
     * @param policies the policies with the new settings
     * @param methodKeys settings that each call has its own of
     */
    void revalue(Collection<GuardedPolicy> policies, Set<String> methodKeys) {
        for (GuardedPolicy policy : policies) {
            calls.replaceAll((name, call) -> new GuardedCall(
                    name,
                    call.methods(),
                    call.pipeline().stream()
                            .map(known -> known.slot() == policy.slot() ? known.revalued(policy, methodKeys) : known)
                            .toList()));
        }
    }

    private static List<GuardedPolicy> union(
            Collection<GuardedPolicy> known, Collection<GuardedPolicy> added, PolicyOrder order) {
        List<GuardedPolicy> union = new ArrayList<>(added);
        known.stream()
                .filter(policy -> added.stream().noneMatch(other -> other.id().equals(policy.id())))
                .forEach(union::add);
        union.sort(Comparator.comparingInt(policy -> order.indexOf(policy.id().policy())));
        return union;
    }
}
