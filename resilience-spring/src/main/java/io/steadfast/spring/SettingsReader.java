package io.steadfast.spring;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Works out the settings of policy instances. An instance's own properties win over the annotation's attributes, those over
 * the instance's base (and its bases), those over the policy's defaults, those over the standard set, and those over what is
 * built in. Safe for use by several threads if the report is.
 */
final class SettingsReader {

    private final StartupReport report;

    private final SettingsIndex index;

    private final SettingsBinder binder;

    private final Map<Reading, EffectiveSettings<?>> readings = new ConcurrentHashMap<>();

    private final Map<Class<?>, SettingsKeys> keysOf = new ConcurrentHashMap<>();

    /** Instances that were read, or that read ones build on, by policy. */
    private final Map<String, Set<String>> read = new ConcurrentHashMap<>();

    SettingsReader(
            ConfigurableEnvironment environment,
            Collection<? extends PolicyProvider<?, ?>> providers,
            Collection<PropertySection> sections,
            StartupReport report) {
        this.report = report;
        this.index = new SettingsIndex(ConfiguredProperty.readAll(environment), providers, sections);
        this.binder = new SettingsBinder(environment, report);
    }

    /**
     * The settings of one instance.
     *
     * @param annotations what annotations say, the first wins
     * @param standard what holds if nobody else says anything
     */
    <S> EffectiveSettings<S> read(
            PolicyProvider<?, S> provider, String instance, List<StatedValues> annotations, StatedValues standard) {
        SettingsSection section = index.policy(provider.policy());
        Map<String, LayeredValue> merged = section.forInstance(instance);
        annotations.forEach(stated -> layer(section, stated).forEach(merged::putIfAbsent));
        for (Map<String, LayeredValue> base : bases(provider.policy(), section, instance)) {
            base.forEach(merged::putIfAbsent);
        }
        section.forAll().forEach(merged::putIfAbsent);
        layer(section, standard).forEach(merged::putIfAbsent);

        Reading reading = new Reading(provider.settings(), merged);
        return annotations.stream().allMatch(StatedValues::isEmpty)
                ? known(provider, reading)
                : bind(provider, reading);
    }

    /** Instances that are told the same have the same values, which are kept once. Each has a JavaBean of its own, for it can be changed. */
    private <S> EffectiveSettings<S> known(PolicyProvider<?, S> provider, Reading reading) {
        EffectiveSettings<?> known = readings.get(reading);
        if (known == null) {
            EffectiveSettings<S> first = bind(provider, reading);
            readings.put(reading, first);
            return first;
        }
        return new EffectiveSettings<>(
                binder.fill(provider.settings(), known.keys(), reading.merged()),
                known.enabled(),
                known.keys(),
                known.values());
    }

    private <S> EffectiveSettings<S> bind(PolicyProvider<?, S> provider, Reading reading) {
        SettingsKeys keys = keysOf.computeIfAbsent(provider.settings(), SettingsKeys::of);
        SettingsBinder.Bound<S> own = binder.bind(provider.settings(), keys, reading.merged());
        if (InstanceSwitch.KEYS.names().stream().noneMatch(reading.merged()::containsKey)) {
            return new EffectiveSettings<>(own.bean(), true, keys, own.values());
        }
        SettingsBinder.Bound<InstanceSwitch> common =
                binder.bind(InstanceSwitch.class, InstanceSwitch.KEYS, reading.merged());
        Map<String, EffectiveValue> values = new LinkedHashMap<>(own.values());
        common.values().forEach((key, value) -> {
            if (!value.origin().equals(EffectiveValue.BUILT_IN)) {
                values.putIfAbsent(key, value);
            }
        });
        return new EffectiveSettings<>(own.bean(), common.bean().isEnabled(), keys, values);
    }

    /** All that is said about the settings of an instance. */
    private record Reading(Class<?> settings, Map<String, LayeredValue> merged) {}

    private static Map<String, LayeredValue> layer(SettingsSection section, StatedValues stated) {
        Map<String, LayeredValue> layer = new LinkedHashMap<>();
        for (SettingsKey key : section.keys().all()) {
            Object value = stated.values().get(key.name());
            if (value != null) {
                layer.put(key.name(), LayeredValue.ofAttribute(key, value, stated.origin()));
            }
        }
        return layer;
    }

    /** The layers of the instances it builds on, nearest first. */
    private List<Map<String, LayeredValue>> bases(String policy, SettingsSection section, String instance) {
        List<Map<String, LayeredValue>> layers = new ArrayList<>();
        List<String> chain = new ArrayList<>();
        String current = instance;
        while (true) {
            read.computeIfAbsent(policy, any -> ConcurrentHashMap.newKeySet()).add(current);
            chain.add(current);
            LayeredValue written = section.forInstance(current).get("base");
            String base = written == null ? null : baseOf(written);
            if (written == null || base == null || !isUsable(policy, base, written, chain)) {
                return layers;
            }
            layers.add(section.forInstance(base));
            current = base;
        }
    }

    private @Nullable String baseOf(LayeredValue written) {
        Map<String, LayeredValue> only = Map.of("base", written);
        return binder.bind(InstanceSwitch.class, InstanceSwitch.KEYS, only)
                .bean()
                .getBase();
    }

    private boolean isUsable(String policy, String base, LayeredValue written, List<String> chain) {
        if (chain.stream().anyMatch(earlier -> UniformName.same(earlier, base))) {
            String circle = String.join(" -> ", chain) + " -> " + base;
            report.add(new StartupProblem(
                    written.describe() + " closes a circle: " + circle,
                    written.origin(),
                    "Remove one base of the circle."));
            return false;
        }
        if (!isConfigured(policy, base)) {
            report.add(new StartupProblem(
                    written.describe() + " is no configured instance of " + policy,
                    written.origin(),
                    Spelling.nearest(base, instances(policy))
                            .map(near -> "Did you mean " + near + "?")
                            .orElse("Add resilience." + policy + ".instances." + base + ", or remove the base.")));
            return false;
        }
        return true;
    }

    /** Whether any property names the instance. */
    boolean isConfigured(String policy, String instance) {
        return index.policy(policy).isConfigured(instance);
    }

    /** Whether any property says what the instance is like, and not merely whether it is switched on. */
    boolean isDescribed(String policy, String instance) {
        return index.policy(policy).forInstance(instance).keySet().stream().anyMatch(key -> !key.equals("enabled"));
    }

    /** The instances that properties name, as written. */
    Set<String> instances(String policy) {
        return index.policy(policy).instances().keySet();
    }

    /** The configured instances that nobody read and no read one builds on, each with the place that names it first. */
    Map<String, String> unread(String policy) {
        return index.policy(policy).instancesBeside(read.getOrDefault(policy, Set.of()));
    }

    /** The policies that starters brought. */
    Set<String> policies() {
        return index.policies().keySet();
    }

    /** What holds for all policies, and for single calls. Mistakes in it are reported. */
    GlobalSettings global() {
        return GlobalSettings.of(index, binder, report);
    }

    SettingsIndex index() {
        return index;
    }
}
