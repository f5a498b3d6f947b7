package io.steadfast.failover.autoconfigure;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import io.steadfast.failover.FailoverPolicy;
import io.steadfast.failover.PickerType;
import io.steadfast.failover.autoconfigure.FailoverSections.HealthType;
import io.steadfast.spring.CallRule;
import io.steadfast.spring.GuardedCallSettings;
import io.steadfast.spring.GuardedCallSettings.Setting;
import org.springframework.core.env.Environment;

/** Points out settings that somebody chose for a pool and that do nothing beside its others. */
final class SettingsWithoutEffect implements CallRule {

    private static final String FAILOVER = FailoverPolicy.KIND;

    private static final String DEFAULTS = "resilience." + FAILOVER + ".defaults.";

    private static final Set<PickerType> BY_KEY =
            Set.of(PickerType.IP_HASH, PickerType.CONSISTENT_HASH, PickerType.STICKY);

    private static final Map<String, Class<?>> HEALTH = new TreeMap<>(Map.ofEntries(
            Map.entry("type", HealthType.class),
            Map.entry("path", String.class),
            Map.entry("port", Integer.class),
            Map.entry("bean", String.class),
            Map.entry("interval", Duration.class),
            Map.entry("jitter", Double.class),
            Map.entry("timeout", Duration.class),
            Map.entry("healthy-threshold", Integer.class),
            Map.entry("unhealthy-threshold", Integer.class),
            Map.entry("edge-interval", Duration.class),
            Map.entry("no-traffic-interval", Duration.class)));

    private final Environment environment;

    SettingsWithoutEffect(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void check(GuardedCallSettings call, Findings findings) {
        isLeft(call, "health.enabled", Boolean.class, false)
                .ifPresent(enabled -> HEALTH.forEach((key, type) -> warnOfHealth(key, type, enabled, call, findings)));
        checkKey(call, findings);
        checkRegistry(call, findings);
    }

    private static void warnOfHealth(
            String key, Class<?> type, Setting<Boolean> enabled, GuardedCallSettings call, Findings findings) {
        call.find(FAILOVER, "health." + key, type)
                .filter(Setting::isChosen)
                .ifPresent(set -> findings.warn(
                        "its pool's health." + key + " has no effect, because instances are not checked",
                        "Set health.enabled to true; or to false, to say that this is meant.",
                        set,
                        enabled));
    }

    /** A picker that goes by keys, and none; or a key, and a picker that does not look at it. */
    private static void checkKey(GuardedCallSettings call, Findings findings) {
        Optional<Setting<PickerType>> picker = call.find(FAILOVER, "picker", PickerType.class);
        Optional<Setting<String>> key = call.find(FAILOVER, "key", String.class);
        picker.filter(chosen -> BY_KEY.contains(chosen.value()) && key.isEmpty())
                .filter(chosen -> chosen.value() != PickerType.IP_HASH || !MethodFacts.knowsClients())
                .ifPresent(chosen -> findings.warn(
                        "its pool's picker goes by a key, and the call has none",
                        "Give the method or the pool a key, such as #customer.id, or choose another picker.",
                        chosen));
        picker.filter(chosen -> !BY_KEY.contains(chosen.value()))
                .ifPresent(chosen -> key.filter(Setting::isChosen)
                        .ifPresent(set -> findings.warn(
                                "its pool's key has no effect, because its picker goes by none",
                                "Choose consistent-hash or sticky, or remove the key.",
                                set,
                                chosen)));
    }

    /** What is about a registry, on a pool that lists its instances. Not if it stands among the defaults: there it is meant for others. */
    private void checkRegistry(GuardedCallSettings call, Findings findings) {
        boolean listed = call.find(FAILOVER, "urls", Object.class)
                .filter(urls -> urls.value() instanceof Collection<?> all && !all.isEmpty())
                .isPresent();
        if (!listed) {
            return;
        }
        call.find(FAILOVER, "service", String.class)
                .filter(Setting::isChosen)
                .filter(set -> !environment.containsProperty(DEFAULTS + "service"))
                .ifPresent(set -> findings.warn(
                        "its pool's service has no effect, because the pool has urls",
                        "Remove service, or urls to ask the registry.",
                        set));
    }

    /** A setting that nobody chose and that has a value. */
    private static <T> Optional<Setting<T>> isLeft(GuardedCallSettings call, String key, Class<T> type, T value) {
        return call.find(FAILOVER, key, type)
                .filter(left -> !left.isChosen() && left.value().equals(value));
    }
}
