package io.steadfast.resilience4j.registry;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.steadfast.spring.CallRequest;
import io.steadfast.spring.InvalidResilienceException;
import io.steadfast.spring.NamedCalls;
import io.steadfast.spring.StartupProblem;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Has policies made by name, and as the application has started all those that resilience4j's starter would have made by then: whatever
 * its properties describe, and whatever there is a customizer for, whether or not a method is annotated with it.
 */
public final class ConfiguredPolicies implements PolicySource, SmartInitializingSingleton {

    private static final String ASKER = "resilience4j's registries";

    private final PeerProperties properties;

    private final Customizers customizers;

    private final BeanFactory beans;

    /**
     * Policies by name.
     *
     * @param properties resilience4j's own properties
     * @param customizers the application's customizers
     * @param beans where the machinery that makes policies is
     */
    public ConfiguredPolicies(PeerProperties properties, Customizers customizers, BeanFactory beans) {
        this.properties = properties;
        this.customizers = customizers;
        this.beans = beans;
    }

    /** A time limiter that no limit is set for stays one of resilience4j's own, with its default. */
    @Override
    public void make(Kind kind, String name) {
        if (kind != Kind.TIME_LIMITER || properties.hasLimit(name) || customizes(kind, name)) {
            beans.getBeanProvider(NamedCalls.class)
                    .ifAvailable(calls -> calls.guard(CallRequest.with(name, ASKER, kind.policy())));
        }
    }

    @Override
    public boolean isConfigured(Kind kind, String name) {
        return properties.names(kind).contains(name) || customizes(kind, name);
    }

    private boolean customizes(Kind kind, String name) {
        return customizers.names(kind).contains(name);
    }

    @Override
    public void afterSingletonsInstantiated() {
        PolicyStores stores = beans.getBean(PolicyStores.class);
        for (Kind kind : Kind.values()) {
            refuseShared(kind);
            Set<String> names = new LinkedHashSet<>(properties.names(kind));
            names.addAll(customizers.names(kind));
            names.forEach(stores.of(kind)::ask);
        }
    }

    /** There, a customizer of that name would change the configuration under the instances' own properties. */
    private void refuseShared(Kind kind) {
        Set<String> shared = properties.sharedNames(kind);
        shared.retainAll(customizers.names(kind));
        shared.removeAll(properties.names(kind));
        if (!shared.isEmpty()) {
            throw new InvalidResilienceException(
                    List.of(
                            new StartupProblem(
                                    "A customizer is for the shared configuration '"
                                            + shared.iterator().next() + "' of resilience4j." + kind.section()
                                            + ", but only instances can be customized",
                                    "resilience4j." + kind.section() + ".configs",
                                    "Declare one customizer for each instance that shares the configuration, or set the values there.")));
        }
    }
}
