package io.steadfast.circuitbreaker;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleSupplier;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.steadfast.core.Call;
import io.steadfast.core.Gate;
import io.steadfast.core.Permit;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.Steerable;
import io.steadfast.core.Steering;
import org.jspecify.annotations.Nullable;

/**
 * Refuses calls to a target that keeps failing, and lets trials through after a while to see whether it is back.
 *
 * <pre>{@code
 * CircuitBreakerPolicy breaker = CircuitBreakerPolicy.of("stock", BreakerConfig.defaults());
 * Pipeline stock = Pipeline.of("stock", breaker);
 * int left = stock.call(() -> client.left(id));
 * }</pre>
 *
 * <p>The states are resilience4j's engine. Around it: a permit belongs to the state that gave it, so a late outcome decides
 * for no other state; every {@link Throwable} settles it, and a predicate that throws does too; half-open trials are judged
 * as soon as the verdict is certain; calls are counted without a lock, and nothing is allocated for one, whether it succeeds
 * or fails.
 *
 * <p>Thread-safe. Reads the clock in {@link #acquire} only while open or half-open, and when a call ends only if its window
 * is one of time.
 */
public final class CircuitBreakerPolicy implements Gate, Steerable {

    /** The kind of policy, as in the properties. */
    public static final String KIND = "circuit-breaker";

    private final PolicyId id;

    private final StateTracker tracker;

    private final BreakerConfig config;

    private final CircuitBreakerConfig shown;

    /**
     * A breaker with an engine of its own.
     *
     * @param id kind and instance name
     * @param config the settings
     * @param runtime clock, timer and listener
     */
    public CircuitBreakerPolicy(PolicyId id, BreakerConfig config, PolicyRuntime runtime) {
        this(id, config, runtime, null, runtime.random()::nextDouble);
    }

    /**
     * A breaker whose engine is in a registry, for resilience4j's own tools to see.
     *
     * @param id kind and instance name
     * @param config the settings
     * @param runtime clock, timer and listener
     * @param registry where to create the engine, under the instance's name
     * @throws IllegalStateException if the registry already holds a breaker of that name, made by somebody else
     */
    public CircuitBreakerPolicy(
            PolicyId id, BreakerConfig config, PolicyRuntime runtime, CircuitBreakerRegistry registry) {
        this(id, config, runtime, registry, runtime.random()::nextDouble);
    }

    CircuitBreakerPolicy(
            PolicyId id,
            BreakerConfig config,
            PolicyRuntime runtime,
            @Nullable CircuitBreakerRegistry registry,
            DoubleSupplier random) {
        this.id = id;
        this.config = config;
        OpenWaits waits = new OpenWaits(config.openTime(), runtime.ticker(), random);
        Engine engine = Engine.create(id.instance(), config, waits, runtime.ticker(), registry);
        this.tracker = new StateTracker(id, config, runtime, waits, engine);
        this.shown = engine.shown();
        if (registry != null) {
            engine.showIn(registry, tracker);
        }
    }

    private CircuitBreakerPolicy(PolicyId id, BreakerConfig config, StateTracker tracker) {
        this.id = id;
        this.config = config;
        this.tracker = tracker;
        this.shown = Engine.describe(config, tracker.waits(), tracker.runtime().ticker());
    }

    /**
     * A breaker for use without Spring, with the JVM's clock and nobody listening.
     *
     * @param name the instance's name
     * @param config the settings
     * @return the breaker, closed unless the settings say otherwise
     */
    public static CircuitBreakerPolicy of(String name, BreakerConfig config) {
        return new CircuitBreakerPolicy(new PolicyId(KIND, name), config, PolicyRuntime.system());
    }

    /**
     * The breaker that takes this one's place when settings have changed. The two have one engine, one state, the same listeners,
     * and counters that go on. Nothing changes before {@link #takeOver}.
     *
     * @param next the settings from then on; their initial state means nothing here
     * @return the breaker, of the same kind and instance
     */
    public CircuitBreakerPolicy successor(BreakerConfig next) {
        return new CircuitBreakerPolicy(id, next, tracker);
    }

    /**
     * Puts this breaker's settings in force. To be run once, as a {@link #successor} takes its place. The state stays: an open
     * breaker waits for the rest of its time, or for as long as the new settings say if that is shorter; a half-open one begins
     * its trials anew; a closed one keeps the calls it has counted if the window is of the same kind and size. Calls that are out
     * count for nothing.
     *
     * <p>The engine keeps the settings it was made with. It goes by them only for those who call the registry's breaker directly
     * while it is open or half-open.
     */
    public void takeOver() {
        tracker.goBy(config, shown);
    }

    @Override
    public PolicyId id() {
        return id;
    }

    /**
     * What this policy goes by.
     *
     * @return the configuration
     */
    public BreakerConfig config() {
        return config;
    }

    /**
     * Asks to enter.
     *
     * @throws io.steadfast.core.CircuitOpenException if the breaker is open, or half-open with all trials out; its
     *     {@code retryAfter} is the time to the next trial, empty where nobody knows
     */
    @Override
    public Permit acquire(Call call) {
        while (true) {
            Permit permit = tracker.current().admit(call);
            if (permit != null) {
                return permit;
            }
        }
    }

    /** Only where slowness counts, or where somebody meters single calls. */
    @Override
    public boolean timed() {
        return config.slowCalls().isCounted() || tracker.audience().isListening();
    }

    /**
     * The state, by the name resilience4j gives it.
     *
     * @return {@code CLOSED}, {@code OPEN}, {@code HALF_OPEN}, {@code FORCED_OPEN}, {@code METRICS_ONLY} or {@code DISABLED}
     */
    public String state() {
        return tracker.look().state.name();
    }

    /**
     * The state and the numbers behind it: {@code state}, {@code state-since} (ISO 8601), {@code failure-rate} and
     * {@code slow-call-rate} in percent (absent while there are too few calls), {@code buffered-calls},
     * {@code failed-calls}, {@code slow-calls} and {@code slow-failed-calls}, {@code retry-after} and {@code next-trial}
     * (ISO 8601; open) or {@code trials-left} (half-open), {@code not-permitted-calls} and {@code trips} since the start.
     */
    @Override
    public Map<String, Object> snapshot() {
        Generation present = tracker.look();
        Map<String, Object> snapshot = new LinkedHashMap<>();
        snapshot.put("state", present.state.name());
        snapshot.put("state-since", tracker.since().toString());
        present.describe(snapshot);
        snapshot.put("not-permitted-calls", tracker.refusals());
        snapshot.put("trips", tracker.trips());
        return snapshot;
    }

    /**
     * Has every single call told to one more recorder, from now on. It gets durations: costs clock reads per call.
     *
     * @param recorder who hears
     */
    public void recordTo(CallRecorder recorder) {
        tracker.audience().recordTo(recorder);
    }

    /** Refuses every call until told otherwise. */
    public void forceOpen() {
        tracker.force(() -> become(State.FORCED_OPEN));
    }

    /** Admits every call until told otherwise; goes on counting. */
    public void forceClosed() {
        tracker.force(() -> become(State.METRICS_ONLY));
    }

    /** Closes, and forgets all calls and all trips in a row. */
    public void reset() {
        tracker.force(() -> tracker.engine().reset());
    }

    /**
     * Ends what {@link #forceOpen} or {@link #forceClosed} has begun: closes, with nothing counted, or goes back to the initial state
     * if that is one that nothing but an operator leaves. Leaves a breaker alone that is not forced.
     */
    public void release() {
        State home = isForced(config.initialState()) ? config.initialState() : State.CLOSED;
        tracker.force(() -> {
            if (isForced(tracker.engine().state())) {
                become(home);
            }
        });
    }

    private static boolean isForced(State state) {
        return state == State.FORCED_OPEN || state == State.METRICS_ONLY;
    }

    private void become(State state) {
        if (tracker.engine().state() != state) {
            tracker.engine().become(state);
        }
    }

    @Override
    public Set<Steering> steerings() {
        return EnumSet.allOf(Steering.class);
    }

    @Override
    public void steer(Steering steering) {
        switch (steering) {
            case FORCE_OPEN -> forceOpen();
            case FORCE_CLOSED -> forceClosed();
            case RELEASE -> release();
            case RESET -> reset();
        }
    }
}
