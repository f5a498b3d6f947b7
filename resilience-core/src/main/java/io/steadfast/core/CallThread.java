package io.steadfast.core;

import io.steadfast.core.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * What a thread knows of the guarded calls it is in: the deadline that holds, and the alarms set for it. One object per thread,
 * made when the thread first meets a limit and reused from then on, so that a limit costs no object per call. Touched by its
 * own thread only, but for the count of alarms that have rung.
 */
final class CallThread {

    /** Half of what a reading holds: readings are compared by their difference. */
    private static final long END_OF_TIME = Long.MAX_VALUE >> 1;

    private static final ThreadLocal<CallThread> CURRENT = ThreadLocal.withInitial(CallThread::new);

    /** Spares threads the look-up until there is a deadline. Plain, for a thread that has one has set this itself. */
    private static boolean everUsed;

    private final ThreadAlarms alarms = new ThreadAlarms();

    private @Nullable Ticker ticker;

    private long deadlineNanos;

    private @Nullable Call call;

    private @Nullable LaneCall lane;

    private CallThread() {
        everUsed = true;
    }

    static CallThread current() {
        return CURRENT.get();
    }

    /** The deadline that holds for this thread, as an object. */
    static @Nullable Deadline deadline() {
        if (!everUsed) {
            return null;
        }
        CallThread current = current();
        Ticker clock = current.ticker;
        return clock == null ? null : new Deadline(clock, current.deadlineNanos);
    }

    static void replace(@Nullable Deadline deadline) {
        if (deadline != null) {
            current().open(deadline.ticker(), deadline.atNanos());
        } else if (everUsed) {
            current().ticker = null;
        }
    }

    /** Lets a deadline hold for this thread, or none; returns what held before. */
    static @Nullable Deadline swap(@Nullable Deadline deadline) {
        Deadline outer = deadline();
        if (deadline != outer) {
            replace(deadline);
        }
        return outer;
    }

    /** Hands the thread's deadline to a call that begins on it. */
    static void inherit(Call call) {
        if (everUsed) {
            CallThread current = current();
            Ticker clock = current.ticker;
            if (clock != null) {
                call.inherit(clock, current.deadlineNanos);
            }
        }
    }

    /** The innermost call that this thread is in. */
    static @Nullable Call call() {
        return everUsed ? current().call : null;
    }

    static @Nullable Call swapCall(@Nullable Call next) {
        return next == null && !everUsed ? null : current().enter(next);
    }

    /** Makes an attempt of a call; clients that are used meanwhile can find the call. */
    static <I> @Nullable Object within(Call call, Target<I> target, I invocation) throws Throwable {
        CallThread thread = current();
        Call outer = thread.enter(call);
        call.enclosedBy(outer);
        try {
            return target.proceed(invocation, call);
        } finally {
            thread.enter(outer);
        }
    }

    /** Lets this thread be in a call, or in none; returns where it was before. */
    @Nullable
    Call enter(@Nullable Call next) {
        Call before = call;
        call = next;
        return before;
    }

    /** Whether a limit around the code that runs now has interrupted this thread: nothing inside it may start anew. */
    static boolean limitReached() {
        return everUsed && current().alarms.interrupts().areOut();
    }

    /** The attempt of a race that this thread runs. */
    static @Nullable LaneCall lane() {
        return everUsed ? current().lane : null;
    }

    /** Whether the attempt of a race that this thread runs has lost: calls made inside it count for nothing either. */
    static boolean isSuperseded() {
        LaneCall running = lane();
        return running != null && running.isSuperseded();
    }

    /** Lets this thread run an attempt of a race, or none; returns what it ran before. */
    @Nullable
    LaneCall run(@Nullable LaneCall next) {
        LaneCall before = lane;
        lane = next;
        return before;
    }

    /** An interrupt has ended a wait: whether it was a limit's. Whoever's it was, the flag is set again. */
    static boolean interruptedByLimit() {
        if (everUsed) {
            return current().alarms.interrupts().thrown();
        }
        Thread.currentThread().interrupt();
        return false;
    }

    /** A later moment, or an earlier one; the end of time for those beyond it. */
    static long later(long nanos, long delayNanos) {
        return nanos + Math.max(-END_OF_TIME, Math.min(delayNanos, END_OF_TIME));
    }

    @Nullable
    Ticker ticker() {
        return ticker;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    void open(@Nullable Ticker clock, long atNanos) {
        ticker = clock;
        deadlineNanos = atNanos;
    }

    ThreadAlarms alarms() {
        return alarms;
    }
}
