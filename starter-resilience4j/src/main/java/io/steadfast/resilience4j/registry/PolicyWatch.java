package io.steadfast.resilience4j.registry;

import java.lang.annotation.Annotation;

import io.steadfast.core.Policy;
import io.steadfast.spring.PolicyRequest;

/** What is done with the policies of one kind, so that resilience4j's customizers have their say and its registry shows them. */
interface PolicyWatch {

    /** Applies the customizer of the instance, if there is one. */
    <A extends Annotation, S> PolicyRequest<A, S> customize(PolicyRequest<A, S> request);

    /**
     * Dresses a policy.
     *
     * @param request what was asked for, before the customizer changed anything but the settings
     * @param made what its provider has made
     * @return what is to be used instead; the same if the registry shows it by itself
     */
    default Policy dress(PolicyRequest<?, ?> request, Policy made) {
        return made;
    }

    /** The policy as its provider has made it. */
    default Policy undress(Policy dressed) {
        return dressed;
    }

    /** The policy is in force from now on. */
    default void inForce(PolicyRequest<?, ?> request, Policy dressed) {}
}
