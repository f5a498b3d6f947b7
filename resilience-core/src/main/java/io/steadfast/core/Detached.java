package io.steadfast.core;

import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * The rest of a plain call on a thread of its own, which ends by itself or is left behind by whoever waits for it. What is left
 * behind is interrupted, and settles its own permits when it ends.
 */
final class Detached implements Runnable {

    private static final int RUNNING = 0;
    private static final int ENDED = 1;
    private static final int INTERRUPTING = 2;
    private static final int LEFT = 3;

    /** What the other thread writes to, so that it cannot disturb the next attempt once it is left behind. */
    private final Call copy;

    /** The attempt of a race that it is a part of. */
    private final @Nullable LaneCall lane;

    private final SyncStep next;

    private final Watcher watcher;

    private final AtomicInteger state = new AtomicInteger(RUNNING);

    private volatile @Nullable Interrupts worker;

    private @Nullable Object result;

    private @Nullable Throwable failure;

    Detached(Call copy, SyncStep next, Watcher watcher) {
        this.copy = copy;
        this.lane = copy instanceof LaneCall own ? own : CallThread.lane();
        this.next = next;
        this.watcher = watcher;
    }

    /** On the other thread. */
    @Override
    public void run() {
        CallThread thread = CallThread.current();
        Ticker outerTicker = thread.ticker();
        long outerDeadline = thread.deadlineNanos();
        thread.open(copy.isBounded() ? copy.ticker() : null, copy.deadlineNanos());
        LaneCall outerLane = thread.run(lane);
        CallObserver.Scope scope = Watching.enter(copy.watch());
        worker = thread.alarms().interrupts();
        Object answer = null;
        Throwable thrown = null;
        try {
            answer = state.get() == RUNNING ? next.run(copy) : null;
        } catch (Throwable any) {
            thrown = any;
        }
        Watching.close(scope);
        thread.open(outerTicker, outerDeadline);
        thread.run(outerLane);
        result = answer;
        failure = thrown;
        if (state.compareAndSet(RUNNING, ENDED)) {
            watcher.ended();
        } else {
            endedLate(thread.alarms().interrupts());
        }
    }

    /**
     * Interrupts what runs and leaves it to itself, unless it has ended. By any thread.
     *
     * @param byUs whether a limit, or the end of a race, is the cause, and not somebody who interrupted the caller
     * @return whether it was still running
     */
    boolean leave(boolean byUs) {
        if (!state.compareAndSet(RUNNING, INTERRUPTING)) {
            return false;
        }
        watcher.left();
        Interrupts busy = worker;
        if (busy != null && byUs) {
            busy.give();
        } else if (busy != null) {
            busy.passOn();
        }
        state.set(LEFT);
        return true;
    }

    /** Whether it has come to its end while somebody waited for it: then, and only then, there is an outcome. */
    boolean hasEnded() {
        return state.get() == ENDED;
    }

    @Nullable
    Object result() {
        return result;
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    private void endedLate(Interrupts interrupts) {
        while (state.get() == INTERRUPTING) {
            Thread.onSpinWait(); // an interrupt on its way must not hit what this thread does next
        }
        if (interrupts.areOut()) {
            interrupts.takeBack(false);
        } else {
            Thread.interrupted(); // passed on
        }
        watcher.endedLate();
    }

    /** Who hears what becomes of it. Either of {@link #ended}, or of {@link #left} and then {@link #endedLate}. */
    interface Watcher {

        /** It has ended in time. On its own thread. */
        void ended();

        /** It is about to be interrupted and left behind. On the thread of whoever leaves it. */
        default void left() {}

        /** It has ended after it was left behind. On its own thread. */
        default void endedLate() {}
    }
}
