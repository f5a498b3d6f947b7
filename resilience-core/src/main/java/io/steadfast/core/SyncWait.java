package io.steadfast.core;

import io.steadfast.core.time.Signal;
import io.steadfast.core.time.Timer;

/** Waits for a gate's permit on the caller's own thread, no longer than the call has time. */
final class SyncWait {

    private final Gate gate;

    private final Call call;

    private final Timer timer;

    private final Reporter reporter;

    /** Whether there was anything to wait for. */
    private boolean begun;

    SyncWait(Gate gate, Call call, Timer timer, Reporter reporter) {
        this.gate = gate;
        this.call = call;
        this.timer = timer;
        this.reporter = reporter;
    }

    Permit await(Reservation first) {
        long since = reporter.waitBegins(call);
        try {
            return claimed(first);
        } finally {
            if (begun) {
                reporter.waited(gate, call, since);
            }
        }
    }

    private Permit claimed(Reservation first) {
        Permit permit = first;
        while (permit instanceof Reservation place) {
            boolean inTime;
            try {
                inTime = pause(place);
            } catch (InterruptedException interrupt) {
                Admission.withdraw(gate, place, call, reporter);
                throw interrupted(interrupt);
            } catch (Throwable broken) { // the gate's doing, or the timer's
                Admission.withdraw(gate, place, call, reporter);
                throw broken;
            }
            if (!inTime) {
                Admission.withdraw(gate, place, call, reporter);
                throw Admission.refuseLate(call, reporter);
            }
            permit = Admission.claim(gate, place, call, reporter);
        }
        call.repeating(); // the wait is no part of the attempt
        return permit;
    }

    /** Waits as long as the gate says; {@code false} if the deadline comes first. No use in waiting for what comes too late. */
    private boolean pause(Reservation place) throws InterruptedException {
        long wait = place.waitNanos();
        long left = call.remainingNanos();
        boolean tooLong = left <= 0 || wait >= left;
        if (!place.mayComeEarly()) {
            if (!tooLong) {
                begun = true;
                timer.sleep(wait);
            }
            return !tooLong;
        }
        if (left <= 0) {
            return false;
        }
        begun = true;
        Signal signal = new Signal();
        place.whenReady(signal);
        return timer.await(signal, Math.min(wait, left)) || !tooLong;
    }

    private CallRejectedException interrupted(InterruptedException interrupt) {
        return CallThread.interruptedByLimit()
                ? Admission.refuseLate(call, reporter)
                : new WaitInterruptedException(call.name(), interrupt);
    }
}
