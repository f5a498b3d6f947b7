package io.steadfast.spring;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import io.steadfast.core.FailureFilter;
import io.steadfast.core.PolicyOrder;
import io.steadfast.spring.GlobalProperties.Mode;
import io.steadfast.spring.GlobalProperties.OfCall;
import io.steadfast.spring.GlobalProperties.Validation;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * What holds for all policies, and for single calls.
 *
 * @param mode which policies work
 * @param lenient whether mistakes only warn
 * @param order the order of policies, if one was asked for
 * @param calls what is set for single calls, by their names as written
 */
record GlobalSettings(Mode mode, boolean lenient, Optional<AskedOrder> order, Map<String, CallSettings> calls) {

    /** Nothing is set. */
    static final GlobalSettings NONE = new GlobalSettings(Mode.TRUE, false, Optional.empty(), Map.of());

    /** An order that somebody asked for, and where. */
    record AskedOrder(PolicyOrder order, String origin) {}

    /**
     * What is set for one call.
     *
     * @param order its order of policies, if one was asked for
     * @param ignored failures that no policy sees
     * @param origin where it was set first
     */
    record CallSettings(Optional<AskedOrder> order, FailureFilter ignored, String origin) {}

    /** Reads {@code resilience.validation} alone, before there is a report that mistakes could be added to. */
    static boolean isLenient(ConfigurableEnvironment environment) {
        return ConfiguredProperty.readAll(environment).stream()
                .filter(property -> property.path().size() == 1
                        && UniformName.same(property.path().get(0), "validation"))
                .findFirst()
                .map(property ->
                        environment.resolvePlaceholders(property.value().toString()))
                .filter(value -> value.trim().equalsIgnoreCase(Validation.LENIENT.name()))
                .isPresent();
    }

    static GlobalSettings of(SettingsIndex index, SettingsBinder binder, StartupReport report) {
        OrderReader orders = new OrderReader(index.places(), report);
        SettingsBinder.Bound<GlobalProperties> all = binder.bind(
                GlobalProperties.class, GlobalProperties.KEYS, index.global().forAll());
        Map<String, CallSettings> calls = new LinkedHashMap<>();
        index.calls().instances().forEach((call, origin) -> {
            SettingsBinder.Bound<OfCall> own =
                    binder.bind(OfCall.class, OfCall.KEYS, index.calls().forInstance(call));
            calls.put(
                    call,
                    new CallSettings(
                            orders.read(own.bean().getOrder(), own.values()),
                            new FailureFilter(List.of(), own.bean().getIgnoreExceptions()),
                            origin));
        });
        return new GlobalSettings(
                all.bean().getEnabled(),
                all.bean().getValidation() == Validation.LENIENT,
                orders.read(all.bean().getOrder(), all.values()),
                calls);
    }

    /** Whether a policy of this kind may work at all. */
    boolean allows(String policy) {
        return mode == Mode.TRUE || mode == Mode.FALLBACK_ONLY && policy.equals("fallback");
    }

    /** The call's own order, else the one for all calls, else the standard one. */
    PolicyOrder orderOf(String call) {
        return askedOrder(call).map(AskedOrder::order).orElse(PolicyOrder.STANDARD);
    }

    /** Where {@link #orderOf} comes from. */
    String originOfOrder(String call) {
        return askedOrder(call).map(AskedOrder::origin).orElse(EffectiveValue.BUILT_IN);
    }

    /** The failures of a call, or their causes, that no policy sees. */
    Predicate<Throwable> ignoredBy(String call) {
        return ignoredFailuresOf(call)::excludes;
    }

    FailureFilter ignoredFailuresOf(String call) {
        return settingsOf(call).map(CallSettings::ignored).orElse(FailureFilter.NONE);
    }

    private Optional<AskedOrder> askedOrder(String call) {
        return settingsOf(call).flatMap(CallSettings::order).or(() -> order);
    }

    private Optional<CallSettings> settingsOf(String call) {
        return calls.entrySet().stream()
                .filter(entry -> UniformName.same(entry.getKey(), call))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
