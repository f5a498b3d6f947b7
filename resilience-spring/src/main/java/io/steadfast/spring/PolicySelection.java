package io.steadfast.spring;

import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Which policies a method's annotations ask for, and by which names. */
final class PolicySelection {

    private final Collection<? extends PolicyProvider<?, ?>> providers;

    private final SettingsReader settings;

    private final CallNames names;

    PolicySelection(Collection<? extends PolicyProvider<?, ?>> providers, SettingsReader settings, CallNames names) {
        this.providers = providers;
        this.settings = settings;
        this.names = names;
    }

    Selected select(GuardAnnotations annotations, GuardedMethod method) {
        Map<PolicyProvider<?, ?>, String> given = new LinkedHashMap<>();
        annotations.policies().forEach((provider, annotation) -> given.put(provider, names.given(annotation, method)));
        List<String> allNames = new ArrayList<>(given.values());
        String set = null;
        if (annotations.resilient() != null) {
            set = names.given(annotations.resilient(), method);
            allNames.add(set);
        }
        String call = names.call(allNames, method);
        String fallbackName = set;
        List<RequestedPolicy> requested = new ArrayList<>();
        given.forEach((provider, name) -> requested.add(new RequestedPolicy(
                provider,
                instance(provider, name, fallbackName, method),
                annotations.policies().get(provider))));
        if (set != null) {
            addSet(requested, set.isEmpty() ? names.byDefault(method) : set, annotations.policies());
        }
        return new Selected(call, requested);
    }

    /** A policy that belongs to its method alone shares nothing, so its default name clashes with none. */
    private String instance(PolicyProvider<?, ?> provider, String given, @Nullable String set, GuardedMethod method) {
        if (!given.isEmpty()) {
            return given;
        }
        if (set != null && !set.isEmpty()) {
            return set;
        }
        return provider.perMethod() ? method.defaultName() : names.byDefault(method);
    }

    /** Every policy that is configured under the name; the standard ones if none is. */
    private void addSet(
            List<RequestedPolicy> requested, String instance, Map<PolicyProvider<?, ?>, Annotation> explicit) {
        List<? extends PolicyProvider<?, ?>> shareable =
                providers.stream().filter(provider -> !provider.perMethod()).toList();
        boolean configured = shareable.stream().anyMatch(provider -> settings.isDescribed(provider.policy(), instance));
        for (PolicyProvider<?, ?> provider : shareable) {
            boolean included = configured ? settings.isDescribed(provider.policy(), instance) : provider.standard();
            if (included && !explicit.containsKey(provider)) {
                requested.add(new RequestedPolicy(provider, instance, null));
            }
        }
    }

    /**
     * What was selected.
     *
     * @param call the call's name
     * @param policies the policies, in no order yet
     */
    record Selected(String call, List<RequestedPolicy> policies) {}
}
