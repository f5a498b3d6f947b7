package io.steadfast.spring;

import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import io.steadfast.core.InvalidSettingsException;
import io.steadfast.core.Policy;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.PolicySlot;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;

/**
 * The policy instances of the application by their name. Methods that agree on a name share one; attributes that they set
 * on their annotations add up, and may not contradict each other.
 */
final class SharedPolicies {

    private final SettingsReader settings;

    private final PolicyRuntime runtime;

    private final BeanFactory beans;

    private final StartupReport report;

    private final Map<PolicyId, Shared> shared = new ConcurrentHashMap<>();

    SharedPolicies(SettingsReader settings, PolicyRuntime runtime, BeanFactory beans, StartupReport report) {
        this.settings = settings;
        this.runtime = runtime;
        this.beans = beans;
        this.report = report;
    }

    /**
     * The policy a method asks for.
     *
     * @return {@code null} if it is switched off, or cannot be made and has been reported
     */
    <A extends Annotation, S> @Nullable GuardedPolicy obtain(
            PolicyProvider<A, S> provider,
            String instance,
            @Nullable Annotation annotation,
            GuardedMethod method,
            MethodGuards guards) {
        PolicyId id = new PolicyId(provider.policy(), instance);
        Map<String, Object> attributes =
                annotation == null ? Map.of() : AnnotationAttributes.settings(annotation, provider.settings());
        String origin = "@" + provider.annotation().getSimpleName() + " on " + method.defaultName();
        if (provider.perMethod()) {
            return make(provider, id, attributes, origin, annotation, method, guards);
        }
        Shared known = shared.get(id);
        if (known == null) {
            GuardedPolicy made = make(provider, id, attributes, origin, annotation, method, guards);
            shared.put(id, new Shared(attributes, origin, made));
            return made;
        }
        return known.attributes.equals(attributes) || attributes.isEmpty() || !agree(known, attributes, origin, id)
                ? known.policy
                : extend(provider, id, known, attributes, origin, annotation, method, guards);
    }

    private boolean agree(Shared known, Map<String, Object> attributes, String origin, PolicyId id) {
        boolean agree = true;
        for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
            Object before = known.attributes.get(attribute.getKey());
            if (before != null && !Objects.deepEquals(before, attribute.getValue())) {
                agree = false;
                report.add(new StartupProblem(
                        "Two methods share the " + id + " but set its " + attribute.getKey() + " to " + text(before)
                                + " and to " + text(attribute.getValue()),
                        known.origin + ", " + origin,
                        "Give one of them another name, or set the value once under resilience." + id.policy()
                                + ".instances." + id.instance() + "." + attribute.getKey() + "."));
            }
        }
        return agree;
    }

    /** A later method sets an attribute that the first left open: the instance is made anew, in the same slot. */
    private <A extends Annotation, S> @Nullable GuardedPolicy extend(
            PolicyProvider<A, S> provider,
            PolicyId id,
            Shared known,
            Map<String, Object> attributes,
            String origin,
            @Nullable Annotation annotation,
            GuardedMethod method,
            MethodGuards guards) {
        Map<String, Object> all = new LinkedHashMap<>(known.attributes);
        if (!all.keySet().containsAll(attributes.keySet())) {
            all.putAll(attributes);
            String origins = known.attributes.isEmpty() ? origin : known.origin + " and " + origin;
            GuardedPolicy made = make(provider, id, all, origins, annotation, method, guards);
            GuardedPolicy merged = made == null || known.policy == null ? made : known.policy.replacedBy(made);
            shared.put(id, new Shared(all, origins, merged));
            return merged;
        }
        return known.policy;
    }

    private <A extends Annotation, S> @Nullable GuardedPolicy make(
            PolicyProvider<A, S> provider,
            PolicyId id,
            Map<String, Object> attributes,
            String origin,
            @Nullable Annotation annotation,
            GuardedMethod method,
            MethodGuards guards) {
        EffectiveSettings<S> effective = settings.read(provider, id.instance(), attributes, origin);
        if (!effective.enabled()) {
            return null;
        }
        A typed = annotation == null ? null : provider.annotation().cast(annotation);
        try {
            Policy policy = provider.create(
                    new PolicyRequest<>(id, effective.settings(), typed, method, runtime, beans, guards));
            return new GuardedPolicy(PolicySlot.of(policy), effective.values());
        } catch (InvalidSettingsException refusal) {
            report.add(refusal, id.policy(), id.instance(), effective);
        } catch (InvalidGuardException refusal) {
            report.add(refusal);
        }
        return null;
    }

    private static String text(Object value) {
        return value instanceof Object[] array ? Arrays.toString(array) : String.valueOf(value);
    }

    private record Shared(
            Map<String, Object> attributes,
            String origin,
            @Nullable GuardedPolicy policy) {}
}
