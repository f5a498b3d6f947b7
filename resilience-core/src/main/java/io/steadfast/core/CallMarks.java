package io.steadfast.core;

import org.jspecify.annotations.Nullable;

/**
 * What is true of a call so far, how often it was tried, and by when it must have ended. Marks and attempts are one number, because an
 * object per call must be small.
 */
abstract class CallMarks {

    int attemptsAndMarks;

    long deadlineNanos;

    /** Of no meaning before the clock has been read. */
    long enteredNanos;

    final boolean is(int mark) {
        return (attemptsAndMarks & mark) != 0;
    }

    final void mark(int mark) {
        attemptsAndMarks |= mark;
    }

    /** The call has entered a limit of its own, and perhaps another thread with it. */
    final void limited(boolean onSeparateThread) {
        mark(onSeparateThread ? Marks.SEPARATE : Marks.LIMITED);
    }

    /** Whether the limit cannot end what is done before the target returns. */
    final boolean isLimitedOnCallersThread() {
        return is(Marks.LIMITED) && !is(Marks.SEPARATE);
    }

    /** The call waits and begins anew; what has passed until then is no part of the next attempt. */
    final void repeating() {
        mark(Marks.REPEATED);
    }

    final void substituted() {
        mark(Marks.SUBSTITUTED);
    }

    /** Whether the answer is a fallback's. */
    final boolean isSubstituted() {
        return is(Marks.SUBSTITUTED);
    }

    /** A stream has handed on its first element: from now on a second run would repeat it. */
    final void emitting() {
        mark(Marks.EMITTING);
    }

    final boolean isBounded() {
        return is(Marks.BOUNDED);
    }

    final long deadlineNanos() {
        return deadlineNanos;
    }

    /** The earlier of two deadlines counts. */
    final void boundBy(long atNanos) {
        if (!is(Marks.BOUNDED) || atNanos - deadlineNanos < 0) {
            mark(Marks.BOUNDED);
            deadlineNanos = atNanos;
        }
    }

    /** Puts back what held before a limit. */
    final void bound(boolean bounded, long atNanos) {
        deadlineNanos = atNanos;
        attemptsAndMarks = bounded ? attemptsAndMarks | Marks.BOUNDED : attemptsAndMarks & ~Marks.BOUNDED;
    }

    /** Whether another attempt of a race has made this one's outcome worthless. */
    boolean isSuperseded() {
        return false;
    }

    /**
     * Who watches the call.
     *
     * @return the same for all its attempts, on whatever thread; {@code null} if nobody does
     */
    public CallObserver.@Nullable Watch watch() {
        return null;
    }
}
