package io.steadfast.spring;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The kinds of policy of an application context, and the settings each has: which properties an operator may write. Immutable. */
public final class PolicySections {

    private final Map<String, SettingsKeys> keys = new LinkedHashMap<>();

    private final Map<String, Set<String>> firstKeys = new LinkedHashMap<>();

    private final Map<String, String> byPlace = new LinkedHashMap<>();

    PolicySections(Collection<? extends PolicyProvider<?, ?>> providers) {
        for (PolicyProvider<?, ?> provider : providers) {
            String section = provider.policy();
            keys.put(section, SettingsKeys.of(provider.settings()).and(InstanceSwitch.KEYS));
            firstKeys.put(section, provider.firstKeys());
            provider.places().forEach(place -> byPlace.put(place, section));
            byPlace.put(section, section);
        }
    }

    /**
     * The kinds of policy.
     *
     * @return their sections, such as {@code circuit-breaker}
     */
    public List<String> names() {
        return List.copyOf(keys.keySet());
    }

    /**
     * Where a policy has its settings: a policy with several places in the order has one section.
     *
     * @param place a section or a place, such as {@code timeout.total}
     * @return the section; empty if there is none
     */
    public Optional<String> sectionOf(String place) {
        return Optional.ofNullable(byPlace.get(place));
    }

    /**
     * The settings of a section.
     *
     * @param section the section
     * @return the keys in kebab case
     */
    public List<String> keys(String section) {
        SettingsKeys known = keys.get(section);
        return known == null ? List.of() : List.copyOf(known.names());
    }

    /**
     * A setting, however it is spelled: {@code maxAttempts} is {@code max-attempts}.
     *
     * @param section the section
     * @param written as somebody wrote it
     * @return the key in kebab case; empty if there is none
     */
    public Optional<String> key(String section, String written) {
        return keys(section).stream()
                .filter(key -> UniformName.same(key, written))
                .findFirst();
    }

    /**
     * Whether a setting can be changed while calls go on.
     *
     * @param section the section
     * @param key the key in kebab case
     * @return {@code false} if it means something only at the start
     */
    public boolean isChangeable(String section, String key) {
        return !firstKeys.getOrDefault(section, Set.of()).contains(key);
    }

    /**
     * Whether a setting is a table: a map, or a list of objects, which no single value can stand for.
     *
     * @param section the section
     * @param key the key in kebab case
     * @return whether it is written in several properties below the key
     */
    public boolean isTable(String section, String key) {
        SettingsKeys known = keys.get(section);
        SettingsKey found = known == null ? null : known.find(key);
        return found != null && found.shape() == SettingsKey.Shape.TREE;
    }

    /**
     * Whether properties can tell two names apart: capitals, dashes and punctuation make no difference there.
     *
     * @param one a name
     * @param other another
     * @return whether they are the same to properties
     */
    public static boolean isSameName(String one, String other) {
        return UniformName.same(one, other);
    }
}
