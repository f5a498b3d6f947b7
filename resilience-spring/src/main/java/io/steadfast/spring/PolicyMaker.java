package io.steadfast.spring;

import java.lang.annotation.Annotation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.steadfast.core.InvalidSettingsException;
import io.steadfast.core.Policy;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.PolicySlot;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;

/** Has providers make policies of settings; reports what they refuse. */
final class PolicyMaker {

    private final SettingsReader settings;

    private final PolicyRuntime runtime;

    private final BeanFactory beans;

    private final StartupReport report;

    PolicyMaker(SettingsReader settings, PolicyRuntime runtime, BeanFactory beans, StartupReport report) {
        this.settings = settings;
        this.runtime = runtime;
        this.beans = beans;
        this.report = report;
    }

    /** An instance, with a policy at each of its places where there is something to do. */
    <A extends Annotation, S> PolicyInstance make(
            RequestedPolicy<A, S> asked,
            List<StatedValues> stated,
            StatedValues standard,
            GuardedMethod method,
            MethodGuards guards) {
        EffectiveSettings<S> effective = settings.read(asked.provider(), asked.instance(), stated, standard);
        Map<String, GuardedPolicy> made = new LinkedHashMap<>();
        boolean refused = effective.enabled()
                && !attempt(asked, effective, () -> {
                    for (String place : asked.provider().places()) {
                        PolicyRequest<A, S> request = request(asked, place, effective, method, guards);
                        Policy policy = asked.provider().create(request);
                        if (policy != null) {
                            made.put(place, new GuardedPolicy(slot(policy, request.id()), effective.values()));
                        }
                    }
                });
        return new PolicyInstance(stated, standard, effective, refused ? Map.of() : made, refused, method.describe());
    }

    private static PolicySlot<?> slot(Policy policy, PolicyId asked) {
        if (!policy.id().equals(asked)) {
            throw new IllegalStateException(
                    policy.getClass().getName() + " was asked for as " + asked + " but calls itself " + policy.id());
        }
        return PolicySlot.of(policy);
    }

    /**
     * What a policy wants to know about a method.
     *
     * @return {@code null} if it refuses the method, which has been reported
     */
    <A extends Annotation, S> @Nullable Map<Class<?>, Object> traits(
            RequestedPolicy<A, S> asked, EffectiveSettings<?> effective, GuardedMethod method, MethodGuards guards) {
        Map<Class<?>, Object> traits = new LinkedHashMap<>();
        boolean given = attempt(
                asked,
                effective,
                () -> traits.putAll(
                        asked.provider().traits(request(asked, asked.provider().policy(), effective, method, guards))));
        return given ? traits : null;
    }

    private <A extends Annotation, S> PolicyRequest<A, S> request(
            RequestedPolicy<A, S> asked,
            String place,
            EffectiveSettings<?> effective,
            GuardedMethod method,
            MethodGuards guards) {
        return new PolicyRequest<>(
                new PolicyId(place, asked.instance()),
                asked.provider().settings().cast(effective.settings()),
                asked.typedAnnotation(),
                method,
                runtime,
                beans,
                guards);
    }

    private boolean attempt(RequestedPolicy<?, ?> asked, EffectiveSettings<?> effective, Runnable step) {
        try {
            step.run();
            return true;
        } catch (InvalidSettingsException refusal) {
            report.add(refusal, asked.provider().policy(), asked.instance(), effective);
        } catch (InvalidGuardException refusal) {
            report.add(refusal);
        }
        return false;
    }
}
