package io.steadfast.spring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.steadfast.core.Policy;
import io.steadfast.core.PolicySlot;

/** A change of settings that is being prepared: what would be done, and what speaks against it. Used by one thread. */
final class Changes {

    private final StartupReport report;

    private final CallCatalogue catalogue = new CallCatalogue();

    private final List<Runnable> steps = new ArrayList<>();

    private final Map<SettingChange.Key, SettingChange> settings = new LinkedHashMap<>();

    Changes(StartupReport report) {
        this.report = report;
    }

    StartupReport report() {
        return report;
    }

    CallCatalogue catalogue() {
        return catalogue;
    }

    /** What is to be done if nothing speaks against the whole. */
    void then(Runnable step) {
        steps.add(step);
    }

    void replace(PolicySlot<?> slot, Policy next, Runnable takeOver) {
        then(() -> {
            takeOver.run();
            slot.replace(next);
        });
    }

    /** Notes which settings of an instance differ. */
    void note(String policy, String instance, EffectiveSettings<?> before, EffectiveSettings<?> now) {
        if (before.enabled() != now.enabled()) {
            note(new SettingChange(
                    policy, instance, "enabled", before.enabled(), now.enabled(), origin(now, "enabled")));
        }
        now.values().forEach((key, value) -> {
            EffectiveValue old = before.values().get(key);
            if (!key.equals("enabled") && old != null && !Objects.equals(old.value(), value.value())) {
                note(new SettingChange(policy, instance, key, old.value(), value.value(), value.origin()));
            }
        });
    }

    private void note(SettingChange change) {
        settings.putIfAbsent(change.where(), change);
    }

    private static String origin(EffectiveSettings<?> settings, String key) {
        EffectiveValue value = settings.values().get(key);
        return value == null ? EffectiveValue.BUILT_IN : value.origin();
    }

    List<SettingChange> settings() {
        return List.copyOf(settings.values());
    }

    void apply() {
        steps.forEach(Runnable::run);
    }
}
