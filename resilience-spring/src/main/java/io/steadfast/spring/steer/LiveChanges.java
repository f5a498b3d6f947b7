package io.steadfast.spring.steer;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.steadfast.core.Durations;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.PolicySlot;
import io.steadfast.core.Steering;
import io.steadfast.core.time.Timer;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.GuardEngine;
import io.steadfast.spring.GuardedCall;
import io.steadfast.spring.PolicySections;
import io.steadfast.spring.ResilienceRefresher;
import io.steadfast.spring.events.OneLine;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * The changes that operators make by hand in an application context. Settings are changed by a property source that wins over all
 * others, and checked as at the start; what is refused changes nothing. Of several changes of the same the last holds, and taking
 * back an earlier one does not disturb it. Every change is told of once: log, {@link ChangedByHandEvent} and the listeners of policies.
 *
 * <p>Thread-safe: changes are made one at a time, those that end by themselves included. Reading never blocks. When the context
 * closes nothing is left of them in its environment.
 */
public final class LiveChanges implements AutoCloseable {

    /** When to try again to end a change whose end was refused. */
    private static final long AGAIN_NANOS = 30_000_000_000L;

    private final CallCatalogue catalogue;

    private final PolicySections sections;

    private final Timer timer;

    private final AuditTrail trail;

    private final InForce inForce;

    private final SteeredCalls calls;

    private final ReentrantLock oneAtATime = new ReentrantLock();

    private long lastId;

    private boolean closed;

    /**
     * No changes yet.
     *
     * @param engine the machinery of the context
     * @param refresher puts changed properties in force
     * @param environment the properties
     * @param runtime timer and listener
     * @param clock the wall clock, because people read the times; asked for with the first change
     * @param publisher whom to tell of changes
     */
    public LiveChanges(
            GuardEngine engine,
            ResilienceRefresher refresher,
            ConfigurableEnvironment environment,
            PolicyRuntime runtime,
            Supplier<Clock> clock,
            ApplicationEventPublisher publisher) {
        this.catalogue = engine.catalogue();
        this.sections = engine.sections();
        this.timer = runtime.timer();
        this.trail = new AuditTrail(clock, runtime.listener(), publisher);
        this.inForce = new InForce(refresher, new Overlay(environment));
        this.calls = new SteeredCalls(catalogue, inForce::all);
    }

    /**
     * The changes in force.
     *
     * @return a snapshot, the earliest first
     */
    public List<LiveChange> inForce() {
        return inForce.all().stream().map(Standing::change).toList();
    }

    /**
     * All guarded calls, also those that have no policy left because each is disabled by hand.
     *
     * @return a snapshot, ordered by name
     */
    public List<GuardedCall> calls() {
        return calls.all();
    }

    /**
     * A guarded call.
     *
     * @param name its name
     * @return the call; empty if there is none of that name
     */
    public Optional<GuardedCall> find(String name) {
        return calls.find(name);
    }

    /**
     * The policies of a call, and at their places those that are disabled by hand.
     *
     * @param call the call
     * @return the policies, outermost first
     */
    public List<SteeredPolicy> pipeline(GuardedCall call) {
        return calls.pipeline(call);
    }

    /**
     * Makes a change, or takes one back.
     *
     * @param request what is asked for
     * @return the change: made, or taken back
     * @throws ChangeRefusedException if it cannot be made; nothing has been changed
     */
    public LiveChange make(ChangeRequest request) {
        AuditTrail.Notes notes = trail.new Notes();
        try {
            return alone(() -> make(request, notes));
        } catch (ChangeRefusedException refusal) {
            notes.refused(request, refusal.reasons());
            throw refusal;
        } finally {
            notes.tell();
        }
    }

    private <T> T alone(Supplier<T> step) {
        oneAtATime.lock();
        try {
            return step.get();
        } finally {
            oneAtATime.unlock();
        }
    }

    private LiveChange make(ChangeRequest request, AuditTrail.Notes notes) {
        if (closed) {
            throw new ChangeRefusedException("The application is being stopped.");
        }
        SteeringAction action = SteeringAction.parse(request.action());
        GuardedCall call = calls.find(request.call())
                .orElseThrow(
                        () -> new ChangeRefusedException("There is no call '" + OneLine.of(request.call()) + "'."));
        action.refuseWhatMakesNoSense(request);
        List<SteeredPolicy> pipeline = calls.pipeline(call);
        if (action == SteeringAction.UNDO) {
            return undo(call, pipeline, request, notes);
        }
        Target target = Target.find(call, pipeline, sections, catalogue, request.policy());
        return switch (action) {
            case CHANGE -> set(target.atWork(action), action, request, notes);
            case DISABLE -> set(target.there(), action, request, notes);
            case ENABLE -> enable(target, request, notes);
            default -> steer(target.atWork(action), action, request, notes);
        };
    }

    private LiveChange steer(Target target, SteeringAction action, ChangeRequest request, AuditTrail.Notes notes) {
        Steering steering = Objects.requireNonNull(action.steering());
        PolicySlot<?> slot = target.slotFor(action, steering);
        LiveChange change = newChange(target, action, request, Map.of());
        Standing made = new Standing(change, target.section(), slot.id(), new Standing.Forced(slot, steering), null);
        if (action.lasts()) {
            add(made, request, notes);
            return change;
        }
        List<Standing> ended =
                inForce.all().stream().filter(one -> one.forces(slot)).toList();
        inForce.forget(ended);
        String difference = Slots.steer(slot, steering);
        ended.forEach(one -> notes.undone(one, request.by(), List.of("ended by " + change.id())));
        notes.made(made, difference.isEmpty() ? List.of() : List.of(difference));
        return change;
    }

    private LiveChange set(Target target, SteeringAction action, ChangeRequest request, AuditTrail.Notes notes) {
        Map<String, String> values = action == SteeringAction.CHANGE
                ? WantedValues.of(sections, target.section(), request.values())
                : Map.of("enabled", String.valueOf(action == SteeringAction.ENABLE));
        calls.refuseTwins(target, sections);
        Map<String, String> properties = WantedValues.properties(target.section(), target.instance(), values);
        List<Standing.Absent> absent = action == SteeringAction.DISABLE ? calls.placesOf(target.ids()) : List.of();
        LiveChange change = newChange(target, action, request, values);
        Standing.Set effect = new Standing.Set(properties, absent);
        add(new Standing(change, target.section(), target.subject(), effect, null), request, notes);
        return change;
    }

    private LiveChange enable(Target target, ChangeRequest request, AuditTrail.Notes notes) {
        Optional<LiveChange> disabledBy = target.disabledBy();
        if (disabledBy.isPresent() && request.time() == null) {
            List<Standing> switches = inForce.all().stream()
                    .filter(one -> one.isOf(target.section(), target.instance()))
                    .filter(one -> one.change().values().containsKey("enabled"))
                    .toList();
            List<String> differences = inForce.remove(switches);
            switches.forEach(ended -> notes.undone(ended, request.by(), differences));
            if (calls.isAround(target)) {
                return disabledBy.get();
            }
        } else if (disabledBy.isEmpty() && !target.places().isEmpty()) {
            throw new ChangeRefusedException(target + " is not disabled.");
        }
        return set(target, SteeringAction.ENABLE, request, notes);
    }

    /** Its end is set before it is in force, and waits for the lock if it comes at once. */
    private void add(Standing made, ChangeRequest request, AuditTrail.Notes notes) {
        Standing ending = request.time() == null
                ? made
                : made.endingBy(schedule(made.change().id(), Durations.nanos(request.time())));
        try {
            List<String> differences = inForce.add(ending);
            if (isOfNoUse(made)) {
                inForce.remove(List.of(ending));
                throw new ChangeRefusedException(
                        "Call '" + made.change().call() + "' has no " + made.section() + " that could be enabled.");
            }
            notes.made(ending, differences);
        } catch (ChangeRefusedException refusal) {
            ending.cancelEnd();
            throw refusal;
        }
    }

    private boolean isOfNoUse(Standing made) {
        return made.change().action().equals(SteeringAction.ENABLE.toString())
                && !calls.isAround(
                        made.change().call(), made.section(), made.change().instance(), sections);
    }

    private Timer.Scheduled schedule(String id, long nanos) {
        try {
            return timer.schedule(() -> expire(id), nanos);
        } catch (RejectedExecutionException shutDown) {
            throw new ChangeRefusedException("The application is being stopped.");
        }
    }

    private LiveChange newChange(
            Target target, SteeringAction action, ChangeRequest request, Map<String, String> values) {
        Instant at = trail.now();
        lastId++;
        return new LiveChange(
                "c" + lastId,
                target.call().name(),
                target.section(),
                target.instance(),
                action.toString(),
                new LinkedHashMap<>(values),
                target.valuesOf(values.keySet()),
                Optional.ofNullable(request.by()),
                at,
                Optional.ofNullable(request.time()).map(at::plus));
    }

    private LiveChange undo(
            GuardedCall call, List<SteeredPolicy> pipeline, ChangeRequest request, AuditTrail.Notes notes) {
        Standing meant = new UndoRequest(call, pipeline, sections, catalogue).find(request, inForce.all());
        notes.undone(meant, request.by(), inForce.remove(List.of(meant)));
        return meant.change();
    }

    /** Ends a change whose time is up. Never throws: nobody would hear. */
    private void expire(String id) {
        AuditTrail.Notes notes = trail.new Notes();
        alone(() -> {
            inForce.all().stream()
                    .filter(one -> one.change().id().equals(id))
                    .findFirst()
                    .ifPresent(due -> expire(due, notes));
            return id;
        });
        notes.tell();
    }

    private void expire(Standing due, AuditTrail.Notes notes) {
        try {
            notes.expired(due, inForce.remove(List.of(due)));
        } catch (ChangeRefusedException refusal) { // by properties that have become wrong meanwhile
            notes.stuck(due, refusal.reasons());
            try {
                inForce.replace(due, due.endingBy(schedule(due.change().id(), AGAIN_NANOS)));
            } catch (ChangeRefusedException shutDown) {
                // then nobody needs it any more
            }
        }
    }

    /** Lets go of the environment and the timer. Policies that are forced stay so: they go with the context. */
    @Override
    public void close() {
        alone(() -> {
            closed = true;
            inForce.drop();
            return true;
        });
    }
}
