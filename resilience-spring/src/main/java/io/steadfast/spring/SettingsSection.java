package io.steadfast.spring;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is configured under one heading: for everybody, and for each instance by name. Filled by its maker alone. */
final class SettingsSection {

    private final SettingsKeys keys;

    private final List<Assignment> forAll = new ArrayList<>();

    private final Map<String, List<Assignment>> byUniformName = new LinkedHashMap<>();

    /** Those of environment variables, which cannot tell {@code price-list} from {@code price.list}. */
    private final Map<String, List<Assignment>> bySqueezedName = new LinkedHashMap<>();

    SettingsSection(SettingsKeys keys) {
        this.keys = keys;
    }

    SettingsKeys keys() {
        return keys;
    }

    /** Takes a property whose key is known. */
    boolean takeForAll(SettingsKeys known, List<String> path, ConfiguredProperty property) {
        return known.match(path, 0, property.fromVariable())
                .map(match -> forAll.add(new Assignment("", match.key(), match.rest(), property)))
                .orElse(false);
    }

    /** Takes a property of an instance if its key is known, or if it names an instance and says nothing more. */
    boolean takeForInstance(List<String> path, ConfiguredProperty property) {
        Optional<SettingsKeys.KeyMatch> match = keys.match(path, 1, property.fromVariable());
        if (match.isPresent()) {
            String name = String.join(".", path.subList(0, match.get().nameLength()));
            return take(new Assignment(name, match.get().key(), match.get().rest(), property));
        }
        return property.isEmpty()
                && !endsLikeKey(path)
                && take(new Assignment(String.join(".", path), InstanceSwitch.NONE, List.of(), property));
    }

    private boolean endsLikeKey(List<String> path) {
        return path.size() > 1
                && Spelling.nearest(path.get(path.size() - 1), keys.names()).isPresent();
    }

    private boolean take(Assignment assignment) {
        List<Assignment> sameName = assignment.property().fromVariable()
                ? bySqueezedName.computeIfAbsent(UniformName.squeezed(assignment.instance()), any -> new ArrayList<>())
                : byUniformName.computeIfAbsent(UniformName.of(assignment.instance()), any -> new ArrayList<>());
        return sameName.add(assignment);
    }

    Map<String, LayeredValue> forAll() {
        return Assignment.layer(forAll);
    }

    Map<String, LayeredValue> forInstance(String name) {
        List<Assignment> about = new ArrayList<>(byUniformName.getOrDefault(UniformName.of(name), List.of()));
        about.addAll(bySqueezedName.getOrDefault(UniformName.squeezed(name), List.of()));
        about.sort(Comparator.comparingInt(assignment -> assignment.property().rank()));
        Map<String, LayeredValue> layer = Assignment.layer(about);
        layer.remove(InstanceSwitch.NONE.name());
        return layer;
    }

    /** Whether any property names the instance. */
    boolean isConfigured(String name) {
        return byUniformName.containsKey(UniformName.of(name))
                || bySqueezedName.containsKey(UniformName.squeezed(name));
    }

    /** Each instance that is configured, as written, and where first. */
    Map<String, String> instances() {
        Map<String, String> instances = new LinkedHashMap<>();
        Set<String> squeezed = new HashSet<>();
        for (List<Assignment> named : byUniformName.values()) {
            instances.put(named.get(0).instance(), named.get(0).property().origin());
            squeezed.add(UniformName.squeezed(named.get(0).instance()));
        }
        bySqueezedName.forEach((name, named) -> {
            if (!squeezed.contains(name)) {
                instances.put(named.get(0).instance(), named.get(0).property().origin());
            }
        });
        return instances;
    }

    /** The configured instances that are none of the given names. */
    Map<String, String> instancesBeside(Collection<String> names) {
        Set<String> uniform = new HashSet<>();
        Set<String> squeezed = new HashSet<>();
        for (String name : names) {
            uniform.add(UniformName.of(name));
            squeezed.add(UniformName.squeezed(name));
        }
        Map<String, String> others = instances();
        others.keySet()
                .removeIf(name -> byUniformName.containsKey(UniformName.of(name))
                        ? uniform.contains(UniformName.of(name))
                        : squeezed.contains(UniformName.squeezed(name)));
        return others;
    }
}
