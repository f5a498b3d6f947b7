package io.steadfast.spring.observation;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.steadfast.core.Call;
import io.steadfast.core.CallObserver;
import io.steadfast.core.PolicyEvent;
import io.steadfast.core.ResilienceListener;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;

/**
 * Makes one observation of each guarded call, which is the current one wherever the call is being worked at, and notes on it what
 * happens to the call. Thread-safe.
 */
public final class ResilienceObserver implements CallObserver, ResilienceListener {

    /**
     * Where code inside a call finds the call's observation in a Reactor {@code Context}, and this the caller's: the key of Micrometer's
     * own {@code ObservationThreadLocalAccessor}, which needs a library that may be absent.
     */
    public static final String CONTEXT_KEY = "micrometer.observation";

    private final Supplier<ObservationRegistry> registries;

    private final Supplier<Optional<ResilienceObservationConvention>> conventions;

    private final Function<Object, @Nullable Observation> parents;

    /** Known from the first call on: this is made before nearly all other beans, and must not drag the registry along. */
    private volatile @Nullable ObservationRegistry registry;

    /**
     * An observer.
     *
     * @param registry the registry, asked for with each call, so it must be quick
     * @param convention the application's convention, or none; asked for with the first call that is observed
     * @param parents finds the caller's observation in what the caller has handed on by other means than its thread
     */
    public ResilienceObserver(
            Supplier<ObservationRegistry> registry,
            Supplier<@Nullable ResilienceObservationConvention> convention,
            Function<Object, @Nullable Observation> parents) {
        this.registries = registry;
        this.conventions =
                SingletonSupplier.of(() -> Optional.ofNullable(convention.get()).map(ShieldedConvention::new));
        this.parents = parents;
    }

    @Override
    public @Nullable Watch begin(Call call, @Nullable Object surroundings) {
        ObservationRegistry known = registries.get();
        if (known.isNoop()) {
            return null;
        }
        registry = known;
        ResilienceObservationContext context = new ResilienceObservationContext(call);
        Observation observation = ResilienceObservationDocumentation.CALL.observation(
                conventions.get().orElse(null), ShieldedConvention.DEFAULT, () -> context, known);
        if (observation.isNoop()) {
            return null;
        }
        Observation parent = surroundings == null ? null : parents.apply(surroundings);
        if (parent != null) {
            observation.parentObservation(parent);
        }
        return new ObservationWatch(observation.start(), context, known);
    }

    @Override
    public boolean hears(PolicyEvent.Kind kind) {
        return registry != null && kind != PolicyEvent.Kind.RECONFIGURED;
    }

    @Override
    public void attemptStarted(Call call) {
        if (call.watch() instanceof ObservationWatch watch) {
            watch.attemptStarted(call);
        }
    }

    /** Drivers see to it that the call's observation is the current one, and so do policies that change their state in its course. */
    @Override
    public void policyEvent(PolicyEvent event) {
        ObservationRegistry known = registry;
        Observation current = known == null ? null : known.getCurrentObservation();
        if (current != null
                && current.getContext() instanceof ResilienceObservationContext context
                && concerns(context.call(), event)) {
            CallEvents.of(event).ifPresent(current::event);
        }
    }

    /** A call that is not observed, inside one that is, has no place to be noted. */
    private static boolean concerns(Call call, PolicyEvent event) {
        return event.kind() == PolicyEvent.Kind.STATE_CHANGED || event.call().equals(call.name());
    }
}
