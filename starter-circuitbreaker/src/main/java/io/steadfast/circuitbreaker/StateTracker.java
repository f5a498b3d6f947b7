package io.steadfast.circuitbreaker;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.Metrics;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.IllegalStateTransitionException;
import io.steadfast.core.Call;
import io.steadfast.core.CircuitOpenException;
import io.steadfast.core.PolicyEvent;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.ResilienceListener;
import org.jspecify.annotations.Nullable;

/**
 * Follows the engine from state to state, and announces each change once. Nobody is told by the engine: a single consumer
 * of its events makes it create one, with the time of day in it, for every call. Instead whoever comes by compares; changes
 * made from outside are noticed at the next call or the next look.
 */
final class StateTracker {

    private static final AtomicReferenceFieldUpdater<StateTracker, Generation> GENERATION =
            AtomicReferenceFieldUpdater.newUpdater(StateTracker.class, Generation.class, "generation");

    private final PolicyId id;

    private volatile BreakerConfig config;

    private final PolicyRuntime runtime;

    private final OpenWaits waits;

    private final Engine engine;

    private final Audience audience;

    private volatile Generation generation;

    /** When the breaker came into its state, as the first who came by saw it: a reading of the ticker. */
    private volatile long sinceNanos;

    /** For what people read. */
    private final EngineClock clock;

    /** Held for a change of state only, so that two verdicts, or a verdict and an operator, do not undo each other. */
    private final ReentrantLock changing = new ReentrantLock();

    private final LongAdder trips = new LongAdder();

    private final LongAdder refusals = new LongAdder();

    StateTracker(PolicyId id, BreakerConfig config, PolicyRuntime runtime, OpenWaits waits, Engine engine) {
        this.id = id;
        this.config = config;
        this.runtime = runtime;
        this.waits = waits;
        this.engine = engine;
        this.audience = engine.audience();
        this.generation = generationOfEngine(null);
        this.clock = new EngineClock(runtime.ticker());
        this.sinceNanos = runtime.ticker().nanos();
    }

    BreakerConfig config() {
        return config;
    }

    PolicyRuntime runtime() {
        return runtime;
    }

    OpenWaits waits() {
        return waits;
    }

    Engine engine() {
        return engine;
    }

    Audience audience() {
        return audience;
    }

    long trips() {
        return trips.sum();
    }

    long refusals() {
        return refusals.sum();
    }

    /** Since when the breaker is in its state. */
    Instant since() {
        return clock.at(sinceNanos);
    }

    /** The time of day at a reading of the ticker, the same whenever it is asked for. */
    Instant at(long nanos) {
        return clock.at(nanos);
    }

    /** Whether no change of state has been noticed since that stay began. Cheaper than to ask the engine. */
    boolean isLatest(Generation stay) {
        return generation == stay;
    }

    /** The present stay, announced if it is new. */
    Generation current() {
        Generation seen = generation;
        while (!seen.isCurrent()) {
            Long openUntil = waits.latest(); // read first: a wait that begins after this belongs to a later state
            Generation next = generationOfEngine(seen);
            if (GENERATION.compareAndSet(this, seen, next)) {
                if (next.state != State.OPEN) {
                    waits.forget(openUntil);
                }
                announce(seen, next);
            }
            seen = generation;
        }
        return seen;
    }

    /** The present stay, after time has had its effect. */
    Generation look() {
        current().passTime();
        return current();
    }

    /** Changes the state, unless the stay that gave the reason has ended. */
    void move(Generation from, State to) {
        changing.lock();
        try {
            if (from.isCurrent()) {
                engine.become(to);
            }
        } catch (IllegalStateTransitionException outrun) {
            // somebody outside changed the state a moment ago, and to one that we may not leave
        } finally {
            changing.unlock();
        }
        current();
    }

    /**
     * Goes by other settings from now on. The stay goes on: an open one with the rest of its wait, a half-open one with trials of
     * its own. Calls that are out count for nothing any more.
     */
    void goBy(BreakerConfig next, CircuitBreakerConfig shown) {
        current();
        changing.lock();
        try {
            config = next;
            waits.goBy(next.openTime());
            engine.show(shown);
            Generation present = generation;
            while (!GENERATION.compareAndSet(this, present, present.renewed())) {
                present = generation;
            }
        } finally {
            changing.unlock();
        }
        Long openUntil = waits.latest(); // read first, as above
        if (current() instanceof OpenGeneration open) {
            wakeAtEndOf(open);
        } else {
            waits.forget(openUntil);
        }
    }

    /** Changes the state whatever it is. */
    void force(Runnable change) {
        changing.lock();
        try {
            change.run();
        } finally {
            changing.unlock();
        }
        current();
    }

    /** Counts a refusal and tells of it; the engine's consumers only if the engine has not told them itself. */
    CircuitOpenException refuse(Call call, Generation by, @Nullable Duration retryAfter, boolean engineKnows) {
        refusals.increment();
        audience.refused();
        if (!engineKnows) {
            audience.publishRefusal(by.state);
        }
        return new CircuitOpenException(call.name(), StateNames.of(by.state), retryAfter, config.writableStackTrace());
    }

    /** Reads state and metrics of one and the same stay: metrics that did not change meanwhile belong to the state. */
    private Generation generationOfEngine(@Nullable Generation before) {
        Metrics metrics = engine.metrics();
        State state = engine.state();
        while (engine.metrics() != metrics) {
            metrics = engine.metrics();
            state = engine.state();
        }
        return Generation.of(this, state, metrics, before);
    }

    private void announce(Generation from, Generation to) {
        if (from.state == to.state) {
            return;
        }
        sinceNanos = runtime.ticker().nanos();
        if (to instanceof OpenGeneration open) {
            trips.increment();
            wakeAtEndOf(open);
        }
        ResilienceListener listener = runtime.listener();
        if (listener.hears(PolicyEvent.Kind.STATE_CHANGED)) {
            listener.policyEvent(PolicyEvent.stateChanged(
                    id, from.state.name(), to.state.name(), from.story(to.state) + to.prospect()));
        }
    }

    private void wakeAtEndOf(OpenGeneration open) {
        Long remaining = open.remainingNanos();
        if (config.openTime().automatic() && remaining != null) {
            try {
                runtime.timer().schedule(() -> wake(open), remaining);
            } catch (RejectedExecutionException shutDown) {
                // then the next call makes it half-open
            }
        }
    }

    private void wake(OpenGeneration open) {
        look();
        if (open.isCurrent()) {
            wakeAtEndOf(open); // it has been opened once more meanwhile
        }
    }
}
