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
        return isCurrent() ? NOTHING : observation.openScope()::close;
    }

    @Override
    public Scope leave() {
        if (!isCurrent()) {
            return NOTHING;
        }
        ObservationView parent = context.getParentObservation();
        Observation outside = parent instanceof Observation known ? known : new NullObservation(registry).start();
        return outside.openScope()::close;
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
        if (failure != null
                && outcome != Outcome.CANCELLED
                && outcome != Outcome.IGNORED
                && outcome != Outcome.SUCCESS) {
            observation.error(failure);
        }
        observation.stop();
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
