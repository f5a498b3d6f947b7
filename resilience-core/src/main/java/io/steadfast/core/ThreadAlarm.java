package io.steadfast.core;

import java.lang.System.Logger.Level;

import io.steadfast.core.time.Alarm;
import io.steadfast.core.time.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Interrupts a thread when a limit is reached, at most once, and never after the thread has left the limit: the thread waits
 * until an interrupt that is on its way has arrived, and takes it back.
 */
final class ThreadAlarm {

    private final Timer timer;

    private final Interrupts interrupts;

    private final Alarm alarm;

    private final int depth;

    private @Nullable TimeLimit limit;

    private @Nullable Call call;

    /** Whether this limit, and not another one of the same call, has counted the call as running on. */
    private boolean counted;

    ThreadAlarm(Timer timer, Interrupts interrupts, int depth) {
        this.depth = depth;
        this.timer = timer;
        this.interrupts = interrupts;
        this.alarm = timer.alarm(this::ring);
    }

    boolean isOf(Timer other) {
        return timer == other;
    }

    /** How many limits the thread is inside of when it sets this alarm. */
    int depth() {
        return depth;
    }

    void set(TimeLimit timeLimit, Call timedCall, long start, long nanos) {
        if (call != null) {
            clear(null); // whoever set it last had no stack left to do so
        }
        limit = timeLimit;
        call = timedCall;
        counted = false;
        alarm.setFrom(timedCall.ticker(), start, nanos);
    }

    void release() {
        alarm.release();
    }

    /** On the timer's thread. */
    private void ring() {
        interrupts.give();
        TimeLimit overrun = limit;
        Call late = call;
        if (overrun != null && late != null && interrupts.count(late)) {
            counted = true;
            try {
                overrun.leftRunning(late);
            } catch (Throwable broken) {
                Complaints.log(Level.WARNING, "A time limit could not count a call that is left running", broken);
            }
        }
    }

    /**
     * Clears the alarm.
     *
     * @param failure how what the limit is around ended
     * @return whether it has rung
     */
    boolean clear(@Nullable Throwable failure) {
        if (alarm.clear()) {
            limit = null;
            call = null;
            return false;
        }
        takeBack(failure);
        return true;
    }

    private void takeBack(@Nullable Throwable failure) {
        TimeLimit overrun = limit;
        Call late = call;
        limit = null;
        call = null;
        interrupts.takeBack(failure instanceof InterruptedException);
        if (overrun != null && late != null && counted) {
            interrupts.ended(late);
            try {
                overrun.endedLate(late);
            } catch (Throwable broken) {
                Complaints.log(Level.WARNING, "A time limit could not count a call that has ended late", broken);
            }
        }
    }
}
