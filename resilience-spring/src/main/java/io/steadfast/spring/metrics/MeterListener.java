package io.steadfast.spring.metrics;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.MeterRegistry;
import io.steadfast.core.Call;
import io.steadfast.core.Outcome;
import io.steadfast.core.PolicyEvent;
import io.steadfast.core.PolicyId;
import io.steadfast.core.ResilienceListener;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.GuardedCall;
import io.steadfast.spring.RefreshParticipant;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Feeds the meters of {@link ResilienceMeters}. When the application has started, all calls it knows are registered at
 * zero; calls of lazy beans follow when they first run.
 *
 * <p>Names are bounded: those of guarded methods, and the first {@value #MOST_FOREIGN_NAMES} of pipelines that are built in
 * code with the application's {@link io.steadfast.core.PolicyRuntime}. A registry that fails is complained of and left
 * alone; calls are not affected. Thread-safe; to record a call allocates nothing.
 */
public final class MeterListener implements ResilienceListener, SmartInitializingSingleton, RefreshParticipant {

    static final int MOST_FOREIGN_NAMES = 100;

    private static final Log LOGGER = LogFactory.getLog(MeterListener.class);

    private final ObjectProvider<MeterRegistry> registries;

    private final ObjectProvider<CallCatalogue> catalogue;

    private final MeterSettings settings;

    private final Map<String, CallMeters> calls = new ConcurrentHashMap<>();

    private final Map<MeterRegistry, PolicyGauges> gauges = new ConcurrentHashMap<>();

    private final AtomicInteger foreignNames = new AtomicInteger();

    private volatile @Nullable MeterRegistry registry;

    /** While the application starts, beans are looked up on this thread only: any other might have to wait for it. */
    private volatile @Nullable Thread starting = Thread.currentThread();

    /**
     * A listener. Neither provider is asked before the first call or the end of the start-up: listeners are made before
     * nearly everything else.
     *
     * @param registries where to register; several without a primary one are all fed
     * @param catalogue the calls there are
     * @param settings what is metered, and how finely
     */
    public MeterListener(
            ObjectProvider<MeterRegistry> registries, ObjectProvider<CallCatalogue> catalogue, MeterSettings settings) {
        this.registries = registries;
        this.catalogue = catalogue;
        this.settings = settings;
    }

    @Override
    public boolean timed() {
        return true;
    }

    @Override
    public boolean hears(PolicyEvent.Kind kind) {
        return switch (kind) {
            case HEDGED, STATE_CHANGED, RECONFIGURED, CHANGED_BY_HAND, POLICY_FAILED -> false;
            default -> true;
        };
    }

    @Override
    public void attemptStarted(Call call) {
        CallMeters meters = metersOf(call.name());
        if (meters != null) {
            meters.attempted();
        }
    }

    @Override
    public void callCompleted(Call call, Outcome outcome, long elapsedNanos, @Nullable Throwable failure) {
        CallMeters meters = metersOf(call.name());
        if (meters != null) {
            meters.completed(outcome, call.attempts(), elapsedNanos);
        }
    }

    @Override
    public void waited(Call call, PolicyId policy, long waitedNanos) {
        CallMeters meters = metersOf(call.name());
        if (meters != null) {
            meters.waited(policy.policy(), waitedNanos);
        }
    }

    @Override
    public void policyEvent(PolicyEvent event) {
        if (!hears(event.kind())) {
            return;
        }
        CallMeters meters = metersOf(event.call());
        if (meters != null) {
            meters.happened(event);
        }
    }

    /** Registers all calls known by now, so that dashboards show zeros and not gaps. */
    @Override
    public void afterSingletonsInstantiated() {
        starting = null;
        catalogue.ifAvailable(known -> known.calls().forEach(call -> metersOf(call.name())));
    }

    /** After a change calls may have policies they had not before. */
    @Override
    public Runnable prepare() {
        return () -> catalogue.ifAvailable(known -> known.calls().forEach(this::complete));
    }

    private void complete(GuardedCall call) {
        MeterRegistry to = registry();
        CallMeters known = metersOf(call.name());
        if (to != null && known != null) {
            bind(to, call, known);
        }
    }

    private void bind(MeterRegistry to, GuardedCall call, CallMeters meters) {
        try {
            call.pipeline().forEach(meters::register);
            if (settings.resilience4jNames()) {
                meters.countFor(PeerCounters.of(call, to));
            }
            gauges.computeIfAbsent(to, registry -> new PolicyGauges(registry, settings.resilience4jNames()))
                    .bind(call);
        } catch (RuntimeException broken) {
            LOGGER.warn("The meters of call '" + call.name() + "' could not be registered and will be missing", broken);
        }
    }

    private @Nullable CallMeters metersOf(String name) {
        CallMeters known = calls.get(name);
        return known != null ? known : register(name);
    }

    private @Nullable CallMeters register(String name) {
        MeterRegistry to = registry();
        if (to == null) {
            return null;
        }
        Optional<GuardedCall> guarded =
                Optional.ofNullable(catalogue.getIfAvailable()).flatMap(all -> all.find(name));
        if (guarded.isEmpty() && !mayBeForeign(name)) {
            return null;
        }
        CallMeters made = made(to, name, guarded);
        CallMeters before = calls.putIfAbsent(name, made);
        return before == null ? made : before;
    }

    /** Registering the same meters twice is harmless, so two threads that meet here need not wait for each other. */
    private CallMeters made(MeterRegistry registry, String name, Optional<GuardedCall> guarded) {
        try {
            CallMeters made = new CallMeters(registry, name, settings);
            guarded.ifPresentOrElse(call -> bind(registry, call, made), made::hasSeveralAttempts);
            return made;
        } catch (RuntimeException broken) {
            LOGGER.warn("The meters of call '" + name + "' could not be registered and will be missing", broken);
            return new CallMeters(Registries.NOWHERE, name, settings);
        }
    }

    private boolean mayBeForeign(String name) {
        int count = foreignNames.incrementAndGet();
        if (count <= MOST_FOREIGN_NAMES) {
            return true;
        }
        foreignNames.set(MOST_FOREIGN_NAMES + 1);
        if (count == MOST_FOREIGN_NAMES + 1) {
            LOGGER.warn("Call '" + name + "' gets no meters: pipelines built in code have used " + MOST_FOREIGN_NAMES
                    + " names already. Give pipelines fixed names.");
        }
        return false;
    }

    private @Nullable MeterRegistry registry() {
        MeterRegistry known = registry;
        if (known != null) {
            return known;
        }
        Thread startsUp = starting;
        if (startsUp != null && startsUp != Thread.currentThread()) {
            return null;
        }
        MeterRegistry found = lookUp(startsUp != null);
        registry = found;
        return found;
    }

    /** While the application starts, a registry that is not there may still come; afterwards the answer is final. */
    private @Nullable MeterRegistry lookUp(boolean provisional) {
        MeterRegistry nothing = provisional ? null : Registries.NOWHERE;
        try {
            MeterRegistry found = Registries.find(registries);
            return found == null ? nothing : found;
        } catch (BeansException broken) {
            if (!provisional) {
                LOGGER.warn("There are no meters of calls, because the meter registry cannot be made", broken);
            }
            return nothing;
        }
    }
}
