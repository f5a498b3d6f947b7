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

    private final PolicyTemplates templates;

    private final StartupReport report;

    PolicyMaker(
            SettingsReader settings,
            PolicyRuntime runtime,
            BeanFactory beans,
            PolicyTemplates templates,
            StartupReport report) {
        this.templates = templates;
        this.settings = settings;
        this.runtime = runtime;
        this.beans = beans;
        this.report = report;
    }

    /**
     * An instance, with a policy at each of its places where there is something to do.
     *
     * @param changes the change it is made for, which may be called off; {@code null} if there is none
     */
    <A extends Annotation, S> PolicyInstance make(
            RequestedPolicy<A, S> asked,
            StatedValues stated,
            GuardedMethod method,
            MethodGuards guards,
            @Nullable Changes changes) {
        StatedValues standard = asked.standardValues();
        EffectiveSettings<S> effective = settings.read(asked.provider(), asked.instance(), List.of(stated), standard);
        Map<String, GuardedPolicy> made = new LinkedHashMap<>();
        boolean refused = effective.enabled()
                && !attempt(asked, effective, () -> {
                    for (String place : asked.provider().places()) {
                        PolicyRequest<A, S> request = request(asked, place, effective, method, guards);
                        GuardedPolicy guarded = fresh(asked.provider(), request, effective, changes);
                        if (guarded != null) {
                            made.put(place, guarded);
                        }
                    }
                });
        Map<String, GuardedPolicy> kept = refused ? Map.of() : made;
        return new PolicyInstance(List.of(stated), standard, effective, kept, kept, refused, method.describe());
    }

    /**
     * An instance under other settings. Places that were there before keep their slot, and their policies take over; that happens
     * when the change as a whole comes about.
     *
     * @param known the instance as it is
     * @param changes what will be done
     */
    <A extends Annotation, S> PolicyInstance remake(
            PolicyInstance known,
            RequestedPolicy<A, S> asked,
            StatedValues standard,
            GuardedMethod method,
            MethodGuards guards,
            Changes changes) {
        EffectiveSettings<S> effective = settings.read(asked.provider(), asked.instance(), known.stated(), standard);
        Map<String, GuardedPolicy> made = new LinkedHashMap<>();
        if (known.wouldBeSameWith(effective)) {
            known.policies()
                    .forEach((place, policy) -> made.put(place, new GuardedPolicy(policy.slot(), effective.values())));
            return known.with(standard, effective, made, known.refused());
        }
        changes.note(asked.provider().policy(), asked.instance(), known.settings(), effective);
        boolean refused = effective.enabled()
                && !attempt(asked, effective, () -> {
                    for (String place : asked.provider().places()) {
                        PolicyRequest<A, S> request = request(asked, place, effective, method, guards);
                        GuardedPolicy before = known.everMade().get(place);
                        GuardedPolicy now = before == null
                                ? fresh(asked.provider(), request, effective, changes)
                                : successor(asked.provider(), request, before, effective, changes);
                        if (now != null) {
                            made.put(place, now);
                        }
                    }
                });
        return known.with(standard, effective, refused ? Map.of() : made, refused);
    }

    private static <A extends Annotation, S> @Nullable GuardedPolicy fresh(
            PolicyProvider<A, S> provider,
            PolicyRequest<A, S> request,
            EffectiveSettings<?> effective,
            @Nullable Changes changes) {
        Policy policy = provider.create(request);
        if (policy != null && changes != null) {
            changes.ifCalledOff(() -> provider.discard(policy));
        }
        return policy == null ? null : new GuardedPolicy(slot(policy, request.id()), effective.values());
    }

    private static <A extends Annotation, S> @Nullable GuardedPolicy successor(
            PolicyProvider<A, S> provider,
            PolicyRequest<A, S> request,
            GuardedPolicy before,
            EffectiveSettings<?> effective,
            Changes changes) {
        Succession succession = provider.succeed(request, before.slot().policy());
        Policy next = succession.policy();
        if (next == null) {
            return null;
        }
        slot(next, request.id()); // refuses what does not fit before anything is changed
        changes.replace(before.slot(), next, succession.takeOver());
        return new GuardedPolicy(before.slot(), effective.values());
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
                guards,
                templates);
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
