package io.steadfast.core;

import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.steadfast.core.time.Timer;
import org.jspecify.annotations.Nullable;

/**
 * One race of one call: which lanes run, which of them has decided, and when the next may start. The same for all drivers. Its number
 * is how many lanes have not ended; a lane may start as long as another one runs and nobody has closed the race.
 */
abstract class Contest extends AtomicInteger {

    private static final int CLOSED = 1 << 30;

    private static final Timer.Scheduled OVER = () -> {};

    private final transient Race race;

    private final transient Call call;

    private final transient PolicyRuntime runtime;

    private final transient Reporter reporter;

    /** The attempt of another race that this one is a part of. */
    private final transient @Nullable LaneCall around;

    private final transient AtomicReference<@Nullable Lane> decisive = new AtomicReference<>();

    /** What starts the next lane. */
    private final transient AtomicReference<Timer.@Nullable Scheduled> next = new AtomicReference<>();

    /** The lane started last; each knows the one before. */
    private transient volatile @Nullable Lane last;

    Contest(Race race, Call call, PolicyRuntime runtime, Reporter reporter) {
        super(1); // the first lane
        this.race = race;
        this.call = call;
        this.runtime = runtime;
        this.reporter = reporter;
        this.around = call instanceof LaneCall lane ? lane : CallThread.lane();
    }

    /** A lane of the driver's. */
    abstract Lane lane(int number, @Nullable Lane before);

    /** A part of the call for another thread. */
    abstract Runnable carry(Runnable part);

    /** A lane has decided; others may still have to come to their end. */
    abstract void decided();

    /** No lane runs any more. */
    abstract void over();

    final Lane first() {
        Lane first = lane(1, null);
        last = first;
        return first;
    }

    /** Has the next lane started after a while, if there is to be one. A timer that takes no more tasks starts none. */
    final void startNext(int started, long delayNanos) {
        if (delayNanos >= call.remainingNanos()) {
            return;
        }
        Timer.Scheduled task;
        try {
            task = runtime.timer().schedule(carry(() -> next(started)), delayNanos);
        } catch (Throwable rejected) {
            Complaints.log(
                    Level.DEBUG, "No further attempt of call '" + call.name() + "' could be scheduled", rejected);
            return;
        }
        Timer.Scheduled before = next.get();
        if (before == OVER || !next.compareAndSet(before, task)) {
            task.cancel();
        }
    }

    private void next(int started) {
        if (isClosed() || isVetoed() || !Judgement.mayStart(race, call, started, reporter)) {
            return;
        }
        int number = started + 1;
        Lane lane = lane(number, last);
        if (!enter()) {
            return;
        }
        last = lane;
        reporter.hedged(race, call, number);
        if (isClosed()) {
            lane.supersede(); // whoever closed the race may not have seen it
        } else {
            startNext(number, Judgement.delayNanos(race, call, number, reporter));
        }
        lane.start();
    }

    /** Whether one of those under way does what must not be done twice. */
    private boolean isVetoed() {
        for (Lane lane = last; lane != null; lane = lane.before()) {
            String why = lane.call().innermost().whyNotBeside();
            if (why != null) {
                Complaints.log(
                        Level.DEBUG, "No further attempt of call '" + call.name() + "' is started: " + why, null);
                return true;
            }
        }
        return false;
    }

    private boolean enter() {
        int running;
        do {
            running = get();
            if (running == 0 || (running & CLOSED) != 0) {
                return false;
            }
        } while (!compareAndSet(running, running + 1));
        return true;
    }

    /**
     * Lets a lane decide, unless another one has.
     *
     * @return whether it is this lane that has decided
     */
    final boolean decidedBy(Lane lane) {
        if (!decisive.compareAndSet(null, lane)) {
            return decisive.get() == lane;
        }
        close();
        for (Lane other = last; other != null; other = other.before()) {
            if (other != lane) {
                other.supersede();
            }
        }
        decided();
        return true;
    }

    /** A lane has ended. */
    final void left() {
        if ((decrementAndGet() & ~CLOSED) == 0) {
            over();
        }
    }

    /** From now on no lane is started. */
    final void close() {
        getAndUpdate(state -> state | CLOSED);
        Timer.Scheduled waiting = next.getAndSet(OVER);
        if (waiting != null) {
            try {
                waiting.cancel();
            } catch (Throwable broken) { // a timer's own trouble must not lose the outcome
                Complaints.log(Level.DEBUG, "A task of the timer could not be taken back", broken);
            }
        }
    }

    private boolean isClosed() {
        return (get() & CLOSED) != 0;
    }

    /** Ends the race: the lane whose outcome is the call's. The call takes over what its lanes have been through. */
    final Lane conclude() {
        close();
        Lane decided = decisive.get();
        Lane chosen = decided == null ? best() : decided;
        for (Lane lane = last; lane != null; lane = lane.before()) {
            call.join(lane.call(), lane == chosen);
            if (lane.number() > 1) {
                reporter.hedgeEnded(race, call, lane.number(), lane == decided);
            }
            Throwable lesser = lane.failure();
            Throwable main = chosen.failure();
            if (decided == null && lesser != null && main != null) {
                History.suppress(lesser, main);
            }
        }
        call.takeNotes(decided == null ? noted(chosen) : decided.call());
        return chosen;
    }

    /** The call is over without an outcome of any lane: it takes over how often they have tried, and what they have done. */
    final void abandon() {
        Lane first = null;
        for (Lane lane = last; lane != null; lane = lane.before()) {
            call.join(lane.call(), false);
            if (lane.number() > 1) {
                reporter.hedgeEnded(race, call, lane.number(), false);
            }
            first = lane;
        }
        if (first != null) {
            call.takeNotes(noted(first));
        }
    }

    /** If nobody has decided, a policy around must learn of what must not be done again, whichever lane has done it. */
    private LaneCall noted(Lane otherwise) {
        for (Lane lane = last; lane != null; lane = lane.before()) {
            if (lane.call().innermost().whyNotBeside() != null) {
                return lane.call();
            }
        }
        return otherwise.call();
    }

    /** If nobody has decided, what the first lane came to; what happened at the target counts more than a refusal of ours. */
    private Lane best() {
        Lane best = null;
        for (Lane lane = last; lane != null; lane = lane.before()) {
            if (best == null || lane.rank() >= best.rank()) {
                best = lane;
            }
        }
        if (best == null) {
            throw new IllegalStateException("A race without lanes");
        }
        return best;
    }

    final @Nullable Lane last() {
        return last;
    }

    final @Nullable LaneCall around() {
        return around;
    }

    final Race race() {
        return race;
    }

    final Call call() {
        return call;
    }

    final PolicyRuntime runtime() {
        return runtime;
    }

    final Reporter reporter() {
        return reporter;
    }
}
