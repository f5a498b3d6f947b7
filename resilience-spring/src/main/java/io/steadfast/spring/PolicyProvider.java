package io.steadfast.spring;

import java.lang.annotation.Annotation;

import io.steadfast.core.Policy;

/**
 * Plugs one kind of policy into Spring; a starter declares one such bean, and so can an application with a policy of its
 * own.
 *
 * <p>The settings type is a JavaBean with a public no-argument constructor whose initial values are the built-in ones. It
 * is filled, for each instance, from {@code resilience.<policy>.defaults.*}, the instance's {@code base}, the annotation's
 * attributes (matched by name, {@code maxAttempts} to {@code max-attempts}) and
 * {@code resilience.<policy>.instances.<name>.*}; the later wins. The keys {@code enabled} and {@code base} exist for all
 * policies.
 *
 * @param <A> the annotation
 * @param <S> the settings
 */
public interface PolicyProvider<A extends Annotation, S> {

    /**
     * The kind of policy: its id in properties, meters and the order, for example {@code circuit-breaker}.
     *
     * @return the id, in kebab case
     */
    String policy();

    /**
     * The annotation that asks for the policy. Its {@code value} names the instance.
     *
     * @return the annotation type
     */
    Class<A> annotation();

    /**
     * The settings of one instance.
     *
     * @return the JavaBean type
     */
    Class<S> settings();

    /**
     * Makes the policy of one instance. Called at start-up, once per instance, or once per method if the policy is
     * {@linkplain #perMethod() bound to its method}.
     *
     * @param request what is asked for
     * @return the policy, with the request's id
     * @throws io.steadfast.core.InvalidSettingsException if settings make no sense; reported with their origins
     * @throws InvalidGuardException if the annotated method does not suit the policy
     */
    Policy create(PolicyRequest<A, S> request);

    /**
     * Whether each method needs a policy of its own, even if the instance's name is shared.
     *
     * @return {@code false} unless overridden: methods that agree on a name share the policy and its state
     */
    default boolean perMethod() {
        return false;
    }

    /**
     * Whether {@link Resilient @Resilient} includes the policy where nothing is configured under its name.
     *
     * @return {@code false} unless overridden
     */
    default boolean standard() {
        return false;
    }
}
