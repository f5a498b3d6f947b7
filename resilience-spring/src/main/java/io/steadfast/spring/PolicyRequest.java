package io.steadfast.spring;

import java.lang.annotation.Annotation;

import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;

/**
 * Asks a {@link PolicyProvider} for a policy.
 *
 * @param id the policy's identity: the place in the order, and the instance
 * @param settings the effective settings
 * @param annotation the annotation that asks, {@code null} if {@link Resilient @Resilient} does
 * @param method the method that asks (the first one, for a policy that methods share)
 * @param runtime clock, timer and listener
 * @param beans where to find beans that settings name
 * @param guards runs a method of a bean under the policies it is annotated with
 * @param templates makes policies that this one has inside itself
 * @param <A> the annotation
 * @param <S> the settings
 */
public record PolicyRequest<A extends Annotation, S>(
        PolicyId id,
        S settings,
        @Nullable A annotation,
        GuardedMethod method,
        PolicyRuntime runtime,
        BeanFactory beans,
        MethodGuards guards,
        PolicyTemplates templates) {

    /**
     * A request for a policy that has no others inside, for testing a provider by itself.
     *
     * @param id the policy's identity
     * @param settings the effective settings
     * @param annotation the annotation that asks
     * @param method the method that asks
     * @param runtime clock, timer and listener
     * @param beans where to find beans that settings name
     * @param guards runs a method of a bean under the policies it is annotated with
     */
    public PolicyRequest(
            PolicyId id,
            S settings,
            @Nullable A annotation,
            GuardedMethod method,
            PolicyRuntime runtime,
            BeanFactory beans,
            MethodGuards guards) {
        this(id, settings, annotation, method, runtime, beans, guards, (policy, instance, where) -> {
            throw new IllegalStateException("No templates for the " + policy + " '" + instance + "'");
        });
    }
}
