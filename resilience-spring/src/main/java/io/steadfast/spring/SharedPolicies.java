package io.steadfast.spring;

import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.steadfast.core.PolicyId;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;

/**
 * The policy instances of the application by their name. Methods that agree on a name share one; attributes that they set
 * on their annotations add up, and may not contradict each other, but for those that are about the method alone.
 */
final class SharedPolicies {

    private static final long PATIENCE_SECONDS = 10;

    private final SettingsReader settings;

    private final PolicyMaker maker;

    private final CallCatalogue catalogue;

    private final StartupReport report;

    /** Which names have the standard set. */
    private final Predicate<String> standardNames;

    private volatile Before before;

    private final Map<PolicyId, PolicyInstance> shared = new ConcurrentHashMap<>();

    private final Map<PolicyId, ReentrantLock> making = new ConcurrentHashMap<>();

    /** Those that nobody asks for any more. They may be known elsewhere by their name, so none is made beside them. */
    private final Map<PolicyId, PolicyInstance> dormant = new ConcurrentHashMap<>();

    /** Those that belong to one method alone. */
    private final Map<Owned, PolicyInstance> owned = new ConcurrentHashMap<>();

    SharedPolicies(
            SettingsReader settings,
            PolicyMaker maker,
            CallCatalogue catalogue,
            StartupReport report,
            Predicate<String> standardNames,
            Before before) {
        this.standardNames = standardNames;
        this.before = before;
        this.settings = settings;
        this.maker = maker;
        this.catalogue = catalogue;
        this.report = report;
    }

    /**
     * The policy a method asks for.
     *
     * @return {@code null} if it is switched off or has nothing to do, or cannot be made and has been reported
     */
    <A extends Annotation, S> @Nullable MethodPolicy obtain(
            RequestedPolicy<A, S> asked, GuardedMethod method, MethodGuards guards) {
        StatedValues stated = asked.stated(method);
        if (asked.provider().perMethod()) {
            PolicyInstance own = own(asked, stated, method, guards);
            return methodPolicy(asked, own, StatedValues.NONE, method, guards);
        }
        Set<String> methodKeys = asked.provider().methodKeys();
        PolicyInstance instance = share(asked, stated.without(methodKeys), method, guards);
        return methodPolicy(asked, instance, stated.only(methodKeys), method, guards);
    }

    private PolicyInstance own(
            RequestedPolicy<?, ?> asked, StatedValues stated, GuardedMethod method, MethodGuards guards) {
        Owned key = new Owned(idOf(asked), method);
        PolicyInstance known = before.owned(key);
        PolicyInstance own = known == null
                ? maker.make(asked, stated, method, guards, before.changes())
                : remade(known, asked, asked.standardValues(), method, guards);
        owned.put(key, own);
        return own;
    }

    private <A extends Annotation, S> @Nullable MethodPolicy methodPolicy(
            RequestedPolicy<A, S> asked,
            PolicyInstance instance,
            StatedValues own,
            GuardedMethod method,
            MethodGuards guards) {
        if (instance.policies().isEmpty()) {
            return null;
        }
        EffectiveSettings<?> effective = effective(asked, instance, own);
        Map<Class<?>, Object> traits = maker.traits(asked, effective, method, guards);
        if (traits == null) {
            return null;
        }
        List<GuardedPolicy> places = instance.policies().values().stream()
                .map(policy -> new GuardedPolicy(policy.slot(), effective.values()))
                .toList();
        PolicyId id = idOf(asked);
        return new MethodPolicy(
                id.policy(),
                places,
                traits,
                SingletonSupplier.of(() -> effective(asked, shared.getOrDefault(id, instance), own)));
    }

    /** What holds for one method: the shared settings, and beside them what its annotation says about the method alone. */
    private EffectiveSettings<?> effective(RequestedPolicy<?, ?> asked, PolicyInstance instance, StatedValues own) {
        return own.isEmpty()
                ? instance.settings()
                : settings.read(asked.provider(), asked.instance(), instance.statedAnd(own), instance.standard());
    }

    /** Of two threads that ask for a name first, one makes the policy. A bean that takes longer to be made than anyone waits is let by. */
    private PolicyInstance share(
            RequestedPolicy<?, ?> asked, StatedValues stated, GuardedMethod method, MethodGuards guards) {
        ReentrantLock lock = making.computeIfAbsent(idOf(asked), any -> new ReentrantLock());
        boolean held = lockPatiently(lock);
        try {
            return shareAlone(asked, stated, method, guards);
        } finally {
            if (held) {
                lock.unlock();
            }
        }
    }

    private static boolean lockPatiently(ReentrantLock lock) {
        try {
            return lock.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private PolicyInstance shareAlone(
            RequestedPolicy<?, ?> asked, StatedValues stated, GuardedMethod method, MethodGuards guards) {
        PolicyId id = idOf(asked);
        PolicyInstance known = shared.get(id);
        if (known == null) {
            PolicyInstance earlier = earlier(id);
            known = earlier == null
                    ? maker.make(asked, stated, method, guards, before.changes())
                    : remade(earlier, asked, standardOf(earlier, asked), method, guards);
            shared.put(id, known);
            if (earlier == null) {
                return known;
            }
        }
        boolean saysMore =
                agree(known, stated, id) && !known.knows(stated.values().keySet());
        boolean standardIsNew =
                !asked.standardValues().isEmpty() && known.standard().isEmpty();
        if (!saysMore && !standardIsNew) {
            return known;
        }
        PolicyInstance merged = remade(
                saysMore ? known.stating(stated) : known,
                asked,
                standardIsNew ? asked.standardValues() : known.standard(),
                method,
                guards);
        if (saysMore) {
            refuseLateComers(known, merged, stated, id);
        }
        shared.put(id, merged);
        catalogue.revalue(merged.policies().values(), asked.provider().methodKeys());
        return merged;
    }

    /** What goes by a name already: before the change under way, or since nobody has asked for it any more. */
    private @Nullable PolicyInstance earlier(PolicyId id) {
        PolicyInstance inForce = before.shared(id);
        return inForce == null ? dormant.get(id) : inForce;
    }

    /** An instance under other settings: with the change that is under way, or at once if there is none. */
    private PolicyInstance remade(
            PolicyInstance known,
            RequestedPolicy<?, ?> asked,
            StatedValues standard,
            GuardedMethod method,
            MethodGuards guards) {
        Changes underWay = before.changes();
        Changes changes = underWay == null ? new Changes(report) : underWay;
        PolicyInstance made = maker.remake(known, asked, standard, method, guards, changes);
        if (underWay == null) {
            changes.apply();
        }
        return made;
    }

    /** Of several who ask, some bring standard values. What one of them brought holds for all, as long as it is standard. */
    private StatedValues standardOf(PolicyInstance earlier, RequestedPolicy<?, ?> asked) {
        return asked.standardValues().isEmpty() && standardNames.test(asked.instance())
                ? earlier.standard()
                : asked.standardValues();
    }

    /** What was before a change has been taken over, or waits until somebody asks for it again. */
    void forgetBefore() {
        before.policies().ifPresent(earlier -> {
            dormant.putAll(earlier.dormant);
            dormant.putAll(earlier.shared);
        });
        dormant.keySet().removeAll(shared.keySet());
        before = Before.NOTHING;
    }

    private static PolicyId idOf(RequestedPolicy<?, ?> asked) {
        return new PolicyId(asked.provider().policy(), asked.instance());
    }

    private boolean agree(PolicyInstance known, StatedValues stated, PolicyId id) {
        boolean agree = true;
        for (Map.Entry<String, Object> attribute : stated.values().entrySet()) {
            Optional<StatedValues> earlier = known.whoSet(attribute.getKey());
            Object before = earlier.map(annotation -> annotation.values().get(attribute.getKey()))
                    .orElse(attribute.getValue());
            if (!Objects.deepEquals(before, attribute.getValue())) {
                agree = false;
                report.add(new StartupProblem(
                        "Two methods share the " + id + " but set its " + attribute.getKey() + " to " + text(before)
                                + " and to " + text(attribute.getValue()),
                        earlier.map(StatedValues::origin).orElse(known.firstUser()) + ", " + stated.origin(),
                        "Give one of them another name, or set the value once under " + property(id, attribute.getKey())
                                + "."));
            }
        }
        return agree;
    }

    /** Methods that came earlier are guarded already, and cannot be given a place that only a later method asks for. */
    private void refuseLateComers(PolicyInstance known, PolicyInstance made, StatedValues stated, PolicyId id) {
        if (known.refused()
                || known.policies().keySet().containsAll(made.policies().keySet())) {
            return;
        }
        Set<String> late = stated.values().keySet().stream()
                .filter(key -> known.whoSet(key).isEmpty())
                .collect(Collectors.toSet());
        report.add(new StartupProblem(
                "Two methods share the " + id + ", but only one of them sets its " + String.join(" and ", late)
                        + ", so it would not hold for the other",
                known.firstUser() + ", " + stated.origin(),
                "Set it on both, or once under "
                        + late.stream().map(key -> property(id, key)).collect(Collectors.joining(" and ")) + "."));
    }

    /** A policy of one method. */
    private record Owned(PolicyId id, GuardedMethod method) {}

    /**
     * The policies before a change, from which those after it take over.
     *
     * @param policies those in force; empty at the start
     * @param changes what will be done
     */
    record Before(
            Optional<SharedPolicies> policies, @Nullable Changes changes) {

        static final Before NOTHING = new Before(Optional.empty(), null);

        private @Nullable PolicyInstance shared(PolicyId id) {
            return policies.map(known -> known.shared.getOrDefault(id, known.dormant.get(id)))
                    .orElse(null);
        }

        private @Nullable PolicyInstance owned(Owned key) {
            return policies.map(known -> known.owned.get(key)).orElse(null);
        }
    }

    private static String property(PolicyId id, String key) {
        return "resilience." + id.policy() + ".instances." + id.instance() + "." + key;
    }

    private static String text(Object value) {
        return value instanceof Object[] array ? Arrays.toString(array) : String.valueOf(value);
    }
}
