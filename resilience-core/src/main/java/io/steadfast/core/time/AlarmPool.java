package io.steadfast.core.time;

import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/**
 * Bells that nobody uses, for the next who need one: stacks without locks (R. K. Treiber, "Systems Programming: Coping with
 * Parallelism", 1986), one for each stripe of threads. The alarm given back is itself the stack's node; as alarms, unlike their
 * bells, are never used again, no node comes twice, and a compare-and-set cannot take an old top for a new one.
 *
 * <p>A new bell is made only when all stacks are empty. So there are about as many as alarms have been in use at once, however
 * many have come and gone.
 */
final class AlarmPool {

    /** References per stripe: two cache lines, because processors fetch them in pairs. */
    private static final int SPACING = 32;

    private static final int MOST_STRIPES = 64;

    private final AtomicReferenceArray<WatchedAlarm> tops;

    private final int stripes;

    AlarmPool() {
        int processors = Math.min(MOST_STRIPES, Runtime.getRuntime().availableProcessors());
        stripes = Integer.highestOneBit(2 * processors - 1);
        tops = new AtomicReferenceArray<>(stripes * SPACING);
    }

    void give(WatchedAlarm alarm) {
        int stripe = home();
        WatchedAlarm top;
        do {
            top = tops.get(stripe * SPACING);
            alarm.next(top);
        } while (!tops.compareAndSet(stripe * SPACING, top, alarm));
    }

    @Nullable
    Bell take() {
        int home = home();
        for (int i = 0; i < stripes; i++) {
            Bell bell = take((home ^ i) * SPACING);
            if (bell != null) {
                return bell;
            }
        }
        return null;
    }

    private @Nullable Bell take(int stack) {
        for (WatchedAlarm top = tops.get(stack); top != null; top = tops.get(stack)) {
            if (tops.compareAndSet(stack, top, top.next())) {
                top.next(null); // or a dead alarm that has grown old would keep the younger ones from being collected
                return top.bell();
            }
        }
        return null;
    }

    /** Numbers of threads follow each other, so their last bits spread them evenly. */
    private int home() {
        return (int) Thread.currentThread().getId() & (stripes - 1);
    }
}
