package io.steadfast.spring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.steadfast.core.Policy;
import io.steadfast.core.PolicySlot;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** A change of settings that is being prepared: what would be done, and what speaks against it. Used by one thread. */
final class Changes {

    private final StartupReport report;

    private final CallCatalogue catalogue = new CallCatalogue();

    private static final Log LOGGER = LogFactory.getLog(Changes.class);

    /** One a slot: of several policies that were made for it in turn, the last counts. */
    private final Map<PolicySlot<?>, Runnable> replacements = new LinkedHashMap<>();

    private final List<Runnable> steps = new ArrayList<>();

    private final List<Runnable> undoing = new ArrayList<>();

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
        replacements.put(slot, () -> {
            takeOver.run();
            slot.replace(next);
        });
    }

    /** What is to be done if something speaks against the whole. */
    void ifCalledOff(Runnable step) {
        undoing.add(step);
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

    /** Notes that other policies are around a call. */
    void note(String call, List<PolicySlot<?>> before, List<PolicySlot<?>> now) {
        List<String> from = places(before);
        List<String> to = places(now);
        if (!from.equals(to)) {
            note(new SettingChange("calls", call, "policies", from, to, "all that is configured for it"));
        }
    }

    private static List<String> places(List<PolicySlot<?>> slots) {
        return slots.stream().map(slot -> slot.id().policy()).toList();
    }

    /** What is changed twice has changed from what it was at first; what is changed back has not changed. */
    private void note(SettingChange change) {
        SettingChange earlier = settings.remove(change.where());
        Object from = earlier == null ? change.from() : earlier.from();
        if (!Objects.equals(from, change.to())) {
            settings.put(
                    change.where(),
                    new SettingChange(
                            change.policy(), change.instance(), change.key(), from, change.to(), change.origin()));
        }
    }

    private static String origin(EffectiveSettings<?> settings, String key) {
        EffectiveValue value = settings.values().get(key);
        return value == null ? EffectiveValue.BUILT_IN : value.origin();
    }

    List<SettingChange> settings() {
        return List.copyOf(settings.values());
    }

    /** Does it all. What throws, though it must not, does not keep the rest from being done: half a change would be worse. */
    void apply() {
        replacements.values().forEach(Changes::run);
        steps.forEach(Changes::run);
    }

    void callOff() {
        undoing.forEach(Changes::run);
    }

    private static void run(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException broken) {
            LOGGER.error("A part of a change of settings has failed; the rest is done", broken);
        }
    }
}
