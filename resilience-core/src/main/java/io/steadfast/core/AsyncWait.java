package io.steadfast.core;

import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicReference;

import io.steadfast.core.time.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a gate's permit without a thread, no longer than the call has time. Ends once: when the gate says so, when the time
 * is up, or when the call is told to end. What goes on after the wait does so on a thread of the timer's, never on that of
 * whoever gave the permit back.
 */
final class AsyncWait extends AtomicReference<Timer.@Nullable Scheduled> implements AsyncCall.Pending {

    private static final Timer.Scheduled OVER = () -> {};

    private final transient AsyncGate step;

    private final transient Gate gate;

    private final transient Reservation place;

    private final transient AsyncCall async;

    private final transient Completion then;

    private final transient long since;

    /** Whether there was anything to wait for. */
    private transient boolean begun;

    AsyncWait(AsyncGate step, Gate gate, Reservation place, AsyncCall async, Completion then) {
        this(step, gate, place, async, then, step.reporter().waitBegins(async.call()), false);
    }

    private AsyncWait(
            AsyncGate step, Gate gate, Reservation place, AsyncCall async, Completion then, long since, boolean begun) {
        this.step = step;
        this.gate = gate;
        this.place = place;
        this.async = async;
        this.then = then;
        this.since = since;
        this.begun = begun;
    }

    void begin() {
        try {
            long wait = place.waitNanos();
            long left = async.call().remainingNanos();
            boolean early = place.mayComeEarly();
            if (left > 0 && wait < left) {
                begin(this::waited, wait, early);
            } else if (left > 0 && early) {
                begin(this::outOfTime, left, true);
            } else {
                outOfTime(); // no use in waiting for what comes too late
            }
        } catch (Throwable broken) { // the gate's doing, or the timer's
            if (finish()) {
                leave(broken);
            }
        }
    }

    private void begin(Runnable end, long nanos, boolean early) {
        begun = true;
        async.begin(this);
        if (get() == OVER) {
            return;
        }
        Timer.Scheduled scheduled = timer().schedule(async.carry(end), nanos);
        if (!compareAndSet(null, scheduled)) {
            scheduled.cancel();
        } else if (early) {
            place.whenReady(this::ready);
        }
    }

    /** The permit is there. On the thread of whoever gave it back, perhaps an event loop, which goes on with its own work. */
    private void ready() {
        Runnable claim = async.carry(this::waited);
        try {
            timer().schedule(claim, 0);
        } catch (Throwable rejected) {
            claim.run(); // a call that waits must go on, on whatever thread there is
        }
    }

    private void waited() {
        if (finish()) {
            claim();
        }
    }

    private void outOfTime() {
        if (finish()) {
            leave(null);
        }
    }

    @Override
    public void end(Throwable cause) {
        if (finish()) {
            leave(cause instanceof CallTimeoutException ? null : cause);
        }
    }

    private void claim() {
        Permit permit;
        try {
            async.call().repeating(); // the wait is no part of the attempt
            permit = Admission.claim(gate, place, async.call(), step.reporter());
        } catch (Throwable refusal) {
            over();
            then.done(null, refusal);
            return;
        }
        if (permit instanceof Reservation further) {
            new AsyncWait(step, gate, further, async, then, since, true).begin(); // one wait, of two parts
            return;
        }
        over();
        step.admitted(gate, permit, async, then);
    }

    /** Gives the place up: for a cause, or for want of time. */
    private void leave(@Nullable Throwable cause) {
        over();
        Admission.withdraw(gate, place, async.call(), step.reporter());
        then.done(null, cause == null ? Admission.refuseLate(async.call(), step.reporter()) : cause);
    }

    private void over() {
        if (begun) {
            step.reporter().waited(gate, async.call(), since);
        }
    }

    private boolean finish() {
        Timer.Scheduled before = getAndSet(OVER);
        if (before == OVER) {
            return false;
        }
        if (before != null) {
            try {
                before.cancel();
            } catch (Throwable broken) { // a timer's own trouble must not lose the outcome
                Complaints.log(Level.DEBUG, "A task of the timer could not be taken back", broken);
            }
        }
        return true;
    }

    private Timer timer() {
        return step.runtime().timer();
    }
}
