package io.steadfast.spring;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.steadfast.core.PolicyOrder;

/** Sorts the properties under {@code resilience.} into sections; those it cannot place are left over. */
final class SettingsIndex {

    private final Map<String, SettingsSection> policies = new LinkedHashMap<>();

    private final Set<String> places = new LinkedHashSet<>(PolicyOrder.STANDARD.places());

    private final SettingsSection global = new SettingsSection(GlobalProperties.KEYS);

    private final SettingsSection calls = new SettingsSection(GlobalProperties.OfCall.KEYS);

    private final List<SectionKeys> sections;

    private final List<ConfiguredProperty> leftOver = new ArrayList<>();

    SettingsIndex(
            List<ConfiguredProperty> properties,
            Collection<? extends PolicyProvider<?, ?>> providers,
            Collection<PropertySection> others) {
        this.sections = others.stream().map(SectionKeys::new).toList();
        for (PolicyProvider<?, ?> provider : providers) {
            SettingsKeys keys = SettingsKeys.of(provider.settings()).and(InstanceSwitch.KEYS);
            policies.put(provider.policy(), new SettingsSection(keys));
            places.addAll(provider.places());
        }
        for (ConfiguredProperty property : properties) {
            if (!place(property) && sections.stream().noneMatch(section -> section.knows(property))) {
                leftOver.add(property);
            }
        }
    }

    private boolean place(ConfiguredProperty property) {
        List<String> path = property.path();
        Optional<Placed> placed = policyOf(property);
        if (placed.isPresent()) {
            return place(property, policy(placed.get().policy()), placed.get().rest());
        }
        if (UniformName.same(path.get(0), "calls")) {
            return path.size() == 1
                    ? property.isEmpty()
                    : calls.takeForInstance(path.subList(1, path.size()), property);
        }
        return global.takeForAll(global.keys(), path, property);
    }

    private static boolean place(ConfiguredProperty property, SettingsSection section, List<String> path) {
        if (path.isEmpty()) {
            return property.isEmpty();
        }
        List<String> rest = path.subList(1, path.size());
        if (UniformName.same(path.get(0), "defaults")) {
            return rest.isEmpty()
                    ? property.isEmpty()
                    : section.takeForAll(section.keys().without("base"), rest, property);
        }
        if (UniformName.same(path.get(0), "instances")) {
            return rest.isEmpty() ? property.isEmpty() : section.takeForInstance(rest, property);
        }
        return false;
    }

    /** The policy a property belongs to, and what follows the policy's name. */
    Optional<Placed> policyOf(ConfiguredProperty property) {
        return policyOf(property, policies.keySet());
    }

    static Optional<Placed> policyOf(ConfiguredProperty property, Collection<String> known) {
        List<String> path = property.path();
        int longest = property.fromVariable() ? path.size() : 1;
        for (int length = 1; length <= longest; length++) {
            String written = UniformName.squeezed(path.subList(0, length));
            for (String policy : known) {
                if (UniformName.squeezed(policy).equals(written)) {
                    return Optional.of(new Placed(policy, path.subList(length, path.size())));
                }
            }
        }
        return Optional.empty();
    }

    /** A property's section, and the rest of its path. */
    record Placed(String policy, List<String> rest) {}

    Map<String, SettingsSection> policies() {
        return policies;
    }

    /** What an order may name: the standard places, and those of the policies there are. */
    Set<String> places() {
        return places;
    }

    SettingsSection policy(String policy) {
        return policies.getOrDefault(policy, new SettingsSection(InstanceSwitch.KEYS));
    }

    /** Those that belong to no policy. */
    List<SectionKeys> sections() {
        return sections;
    }

    SettingsSection global() {
        return global;
    }

    SettingsSection calls() {
        return calls;
    }

    List<ConfiguredProperty> leftOver() {
        return leftOver;
    }
}
