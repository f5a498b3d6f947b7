package io.steadfast.spring.observation;

import io.micrometer.observation.NullObservation;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationView;
import io.steadfast.core.Call;
import io.steadfast.core.CallObserver.Scope;
import io.steadfast.core.CallObserver.Watch;
import io.steadfast.core.Lease;
import io.steadfast.core.Outcome;
import org.jspecify.annotations.Nullable;

/** The observation of one call. */
final class ObservationWatch implements Watch {

    private static final Scope NOTHING = () -> {};

    private final Observation observation;

    private final ResilienceObservationContext context;

    private final ObservationRegistry registry;

    ObservationWatch(Observation observation, ResilienceObservationContext context, ObservationRegistry registry) {
        this.observation = observation;
        this.context = context;
        this.registry = registry;
    }

    @Override
    public Scope enter() {
        return isCurrent() ? NOTHING : open(observation);
    }

    @Override
    public Scope leave() {
        if (!isCurrent()) {
            return NOTHING;
        }
        ObservationView parent = context.getParentObservation();
        Observation outside = parent instanceof Observation known ? known : new NullObservation(registry).start();
        return open(outside);
    }

    /** A handler that throws leaves the scope of its observation on the thread, which must not keep it after the call. */
    private Scope open(Observation other) {
        Observation.Scope before = registry.getCurrentObservationScope();
        try {
            Observation.Scope opened = other.openScope();
            return () -> close(opened, before);
        } catch (Throwable broken) {
            Observation.Scope half = registry.getCurrentObservationScope();
            if (half != null && half != before) {
                close(half, before);
            }
            throw broken;
        }
    }

    private void close(Observation.Scope scope, Observation.@Nullable Scope before) {
        try {
            scope.close();
        } finally {
            registry.setCurrentObservationScope(before);
        }
    }

    private boolean isCurrent() {
        return registry.getCurrentObservation() == observation;
    }

    void attemptStarted(Call call) {
        Lease lease = call.lease();
        if (lease != null) {
            context.sentTo(lease.instance().id());
        }
        observation.event(CallEvents.attempt(call, lease));
    }

    /** What the caller cancelled, or calls its own business, is no error of the call. */
    @Override
    public void ended(Call call, Outcome outcome, @Nullable Throwable failure) {
        context.ended(call.attempts(), outcome);
        try {
            if (failure != null
                    && outcome != Outcome.CANCELLED
                    && outcome != Outcome.IGNORED
                    && outcome != Outcome.SUCCESS) {
                observation.error(failure);
            }
        } finally {
            observation.stop();
        }
    }

    @Override
    public Object contextKey() {
        return ResilienceObserver.CONTEXT_KEY;
    }

    @Override
    public Object contextValue() {
        return observation;
    }
}
