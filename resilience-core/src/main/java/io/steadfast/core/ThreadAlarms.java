package io.steadfast.core;

import java.util.Arrays;

import io.steadfast.core.time.Threads;
import io.steadfast.core.time.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The alarms of one thread: one for each limit it is inside of, the outermost first. A platform thread keeps them for its next
 * call; a virtual thread, which lives for a few calls at most, gives them back as it leaves the outermost limit.
 */
final class ThreadAlarms {

    private static final int USUAL_DEPTH = 2; // a limit in total, and one for the attempt

    private final boolean shortLived = Threads.isVirtual(Thread.currentThread());

    private final Interrupts interrupts = new Interrupts(Thread.currentThread());

    private @Nullable ThreadAlarm[] alarms = new @Nullable ThreadAlarm[USUAL_DEPTH];

    private int inUse;

    /** The alarm of the next limit in, to be set. */
    ThreadAlarm enter(Timer timer) {
        if (inUse == alarms.length) {
            alarms = Arrays.copyOf(alarms, inUse * 2);
        }
        ThreadAlarm alarm = alarms[inUse];
        if (alarm == null || !alarm.isOf(timer)) {
            if (alarm != null) {
                alarm.release();
            }
            alarm = new ThreadAlarm(timer, interrupts, inUse);
            alarms[inUse] = alarm;
        }
        inUse++;
        return alarm;
    }

    /** A limit is over, and with it all those inside, also any that have not come so far as to say so. */
    void leave(ThreadAlarm alarm) {
        inUse = alarm.depth();
        if (inUse == 0 && shortLived) {
            releaseAll();
        }
    }

    private void releaseAll() {
        for (int i = 0; i < alarms.length; i++) {
            ThreadAlarm alarm = alarms[i];
            if (alarm != null) {
                alarm.release();
                alarms[i] = null;
            }
        }
    }

    /** What alarms, and others on behalf of a limit, have done to the thread. */
    Interrupts interrupts() {
        return interrupts;
    }
}
