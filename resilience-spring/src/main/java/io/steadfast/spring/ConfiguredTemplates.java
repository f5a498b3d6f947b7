package io.steadfast.spring;

import java.lang.annotation.Annotation;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

import io.steadfast.core.Policy;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import org.springframework.beans.factory.BeanFactory;

/** Policies inside others, made from one reading of the properties. */
final class ConfiguredTemplates implements PolicyTemplates {

    private final SettingsReader settings;

    private final Collection<? extends PolicyProvider<?, ?>> providers;

    private final PolicyRuntime runtime;

    private final BeanFactory beans;

    ConfiguredTemplates(
            SettingsReader settings,
            Collection<? extends PolicyProvider<?, ?>> providers,
            PolicyRuntime runtime,
            BeanFactory beans) {
        this.settings = settings;
        this.providers = providers;
        this.runtime = runtime;
        this.beans = beans;
    }

    @Override
    public Template find(String policy, String instance, String where) {
        for (PolicyProvider<?, ?> provider : providers) {
            if (provider.policy().equals(policy)) {
                return of(provider, instance, where);
            }
        }
        StartupProblem absent = AbsentSections.wanted(policy, where);
        throw new InvalidGuardException(absent.what(), absent.where(), absent.action());
    }

    private <A extends Annotation, S> Template of(PolicyProvider<A, S> provider, String instance, String where) {
        String policy = provider.policy();
        if (!settings.isConfigured(policy, instance)) {
            throw new InvalidGuardException(
                    "There is no configured instance '" + instance + "' of " + policy,
                    where,
                    Spelling.nearest(instance, settings.instances(policy))
                            .map(near -> "Did you mean " + near + "?")
                            .orElse("Add resilience." + policy + ".instances." + instance + "."));
        }
        return new Like<>(provider, settings.read(provider, instance, List.of(), StatedValues.NONE), runtime, beans);
    }

    /**
     * Policies of the same settings.
     *
     * @param provider makes them
     * @param settings as they are for all
     * @param runtime clock, timer and listener
     * @param beans where to find beans that settings name
     */
    private record Like<A extends Annotation, S>(
            PolicyProvider<A, S> provider, EffectiveSettings<S> settings, PolicyRuntime runtime, BeanFactory beans)
            implements Template {

        @Override
        public Policy make(String name) {
            GuardedMethod stand = GuardedMethod.ofCall(name);
            Policy made = provider.create(new PolicyRequest<>(
                    new PolicyId(provider.policy(), name),
                    settings.settings(),
                    null,
                    stand,
                    runtime,
                    beans,
                    (beanName, beanClass, method, plain) -> plain));
            return Objects.requireNonNull(made, "a template of settings that leave nothing to do");
        }

        @Override
        public void discard(Policy made) {
            provider.discard(made);
        }

        /** Whoever finds the same again need not make his policies anew. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Like<?, ?> that && provider == that.provider && settings.isLike(that.settings);
        }

        @Override
        public int hashCode() {
            return provider.policy().hashCode();
        }
    }
}
