package io.steadfast.spring;

import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.steadfast.core.Policy;
import org.jspecify.annotations.Nullable;

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
     * The kind of policy: its section in the properties, and its place in the order unless {@link #places()} says otherwise,
     * for example {@code circuit-breaker}.
     *
     * @return the id, in kebab case
     */
    String policy();

    /**
     * The places in the order that the policy takes around a method. One with several is configured, switched off and named as
     * one, but made and shown place by place: a limit on all attempts lies outside the retry, and one on each attempt inside.
     *
     * @return ids as in {@code resilience.order}, outermost first, at least one; {@link #policy()} alone unless overridden
     */
    default List<String> places() {
        return List.of(policy());
    }

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
     * Makes the policy of one instance for one of its {@linkplain #places() places}. Called at start-up, once per instance and
     * place, or once per method and place if the policy is {@linkplain #perMethod() bound to its method}.
     *
     * @param request what is asked for; {@code request.id().policy()} is the place
     * @return the policy, with the request's id; {@code null} if the settings leave nothing to do at that place
     * @throws io.steadfast.core.InvalidSettingsException if settings make no sense; reported with their origins
     * @throws InvalidGuardException if the annotated method does not suit the policy
     */
    @Nullable
    Policy create(PolicyRequest<A, S> request);

    /**
     * Makes the policy that takes over from one made before, because settings have changed while calls go on. State that means the
     * same under the new settings should survive: counts, open breakers, permits that are out.
     *
     * @param request what is asked for, with the new settings
     * @param before the policy in force at that place, made by this provider
     * @return the policy with the request's id, and what is to happen as it takes its place; unless overridden, one that begins anew
     * @throws io.steadfast.core.InvalidSettingsException if settings make no sense; nothing is changed then
     * @throws InvalidGuardException if the policy cannot be made for another reason; nothing is changed then
     */
    default Succession succeed(PolicyRequest<A, S> request, Policy before) {
        return Succession.ofFresh(create(request));
    }

    /**
     * A policy that was {@linkplain #create made} for a change that has been called off: nobody will call through it. For providers that
     * make policies known elsewhere, in a registry for example.
     *
     * @param made the policy
     */
    default void discard(Policy made) {}

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

    /**
     * The settings that are about a method and not about the instance, for example the priority of its calls. Methods that
     * share an instance may set them differently on their annotations. A shared policy is therefore made without them: what its
     * settings say there is what properties say, and what a method says reaches it by {@link #traits}.
     *
     * @return keys in kebab case; none unless overridden
     */
    default Set<String> methodKeys() {
        return Set.of();
    }

    /**
     * The settings that mean something only when the policy is made, so that nobody is told they had been changed while calls go on.
     *
     * @return keys in kebab case; none unless overridden
     */
    default Set<String> firstKeys() {
        return Set.of();
    }

    /**
     * What a policy that methods share wants to know about the method that is called. Found by
     * {@link io.steadfast.core.Call#trait}. Called at start-up, once per method that the policy guards.
     *
     * @param request what is asked for: the method, and the settings in force for it, {@link #methodKeys()} included;
     *     {@code request.id().policy()} is {@link #policy()}
     * @return facts by their type, which should be a type of the policy's own; none unless overridden
     * @throws io.steadfast.core.InvalidSettingsException if settings make no sense; reported with their origins
     * @throws InvalidGuardException if the annotated method does not suit the policy
     */
    default Map<Class<?>, Object> traits(PolicyRequest<A, S> request) {
        return Map.of();
    }

    /**
     * What holds where {@link Resilient @Resilient} includes the policy in its {@linkplain #standard() standard set}, unless an
     * annotation or any property says otherwise, be it only among the policy's defaults. For policies that are nothing without
     * settings.
     *
     * @return values, as in the JavaBean or as text, by key in kebab case; none unless overridden
     */
    default Map<String, Object> standardValues() {
        return Map.of();
    }
}
