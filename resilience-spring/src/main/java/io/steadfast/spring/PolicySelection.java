package io.steadfast.spring;

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

    private final StartupReport report;

    PolicySelection(
            Collection<? extends PolicyProvider<?, ?>> providers,
            SettingsReader settings,
            CallNames names,
            StartupReport report) {
        this.report = report;
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
        String givenSet = set;
        PolicySet brought = set == null ? PolicySet.NONE : setOf(set.isEmpty() ? names.byDefault(method) : set);
        hintAtMissing(brought, annotations.policies().keySet());
        List<RequestedPolicy<?, ?>> requested = new ArrayList<>();
        given.forEach((provider, name) -> {
            String instance = instance(provider, name, givenSet, method);
            requested.add(new RequestedPolicy<>(
                    provider,
                    instance,
                    annotations.policies().get(provider),
                    annotations.brought().getOrDefault(provider, StatedValues.NONE),
                    brought.hasAsStandard(provider, instance)));
        });
        for (PolicyProvider<?, ?> provider : brought.providers()) {
            if (!annotations.policies().containsKey(provider)) {
                requested.add(new RequestedPolicy<>(
                        provider, brought.instance(), null, StatedValues.NONE, brought.standard()));
            }
        }
        return new Selected(call, requested);
    }

    /** What a call without a method has: what it always has, and what is configured under its name. */
    Selected select(CallRequest request) {
        PolicySet brought = setOf(request.name());
        if (request.standard()) {
            hintAtMissing(brought, List.of());
        }
        List<RequestedPolicy<?, ?>> requested = new ArrayList<>();
        for (PolicyProvider<?, ?> provider : providers) {
            boolean inSet = brought.providers().contains(provider) && (request.standard() || !brought.standard());
            if (!provider.perMethod() && (inSet || request.policies().contains(provider.policy()))) {
                Map<String, Object> stated = request.stated().getOrDefault(provider.policy(), Map.of());
                requested.add(new RequestedPolicy<>(
                        provider,
                        request.name(),
                        null,
                        stated.isEmpty() ? StatedValues.NONE : new StatedValues(stated, request.asker()),
                        inSet && brought.standard()));
            }
        }
        return new Selected(request.name(), requested);
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

    /** One policy that is tuned takes the place of the whole standard set; who only meant to tune it should hear of that. */
    private void hintAtMissing(PolicySet brought, Collection<? extends PolicyProvider<?, ?>> besides) {
        if (brought.standard() || brought.providers().isEmpty()) {
            return;
        }
        List<String> missing = providers.stream()
                .filter(PolicyProvider::standard)
                .filter(provider -> !brought.providers().contains(provider) && !besides.contains(provider))
                .map(PolicyProvider::policy)
                .toList();
        if (!missing.isEmpty()) {
            List<String> present =
                    brought.providers().stream().map(PolicyProvider::policy).toList();
            report.hint("'" + brought.instance() + "' has " + String.join(", ", present)
                    + ", which is configured under its name, and so no " + String.join(" and no ", missing)
                    + ": the standard set holds only where nothing is configured. Configure each policy you want.");
        }
    }

    /** Whether nothing is configured under a name, so that it gets the standard set. */
    boolean isStandard(String instance) {
        return setOf(instance).standard();
    }

    /** Every policy that is configured under the name; the standard ones if none is. */
    private PolicySet setOf(String instance) {
        List<PolicyProvider<?, ?>> shareable = new ArrayList<>(providers);
        shareable.removeIf(PolicyProvider::perMethod);
        List<PolicyProvider<?, ?>> configured = shareable.stream()
                .filter(provider -> settings.isDescribed(provider.policy(), instance))
                .toList();
        boolean standard = configured.isEmpty();
        if (standard) {
            shareable.removeIf(provider -> !provider.standard());
        }
        return new PolicySet(instance, standard ? shareable : configured, standard);
    }

    /**
     * What {@link Resilient @Resilient} brings.
     *
     * @param instance the name of all instances
     * @param providers the policies
     * @param standard whether they are the standard ones, because nothing is configured under the name
     */
    private record PolicySet(String instance, List<PolicyProvider<?, ?>> providers, boolean standard) {

        static final PolicySet NONE = new PolicySet("", List.of(), false);

        /** An annotation of its own may tune one of the set, which is one of the set nevertheless. */
        boolean hasAsStandard(PolicyProvider<?, ?> provider, String name) {
            return standard && name.equals(instance) && providers.contains(provider);
        }
    }

    /**
     * What was selected.
     *
     * @param call the call's name
     * @param policies the policies, in no order yet
     */
    record Selected(String call, List<RequestedPolicy<?, ?>> policies) {}
}
