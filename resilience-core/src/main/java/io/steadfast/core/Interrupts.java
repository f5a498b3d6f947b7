package io.steadfast.core;

import java.nio.channels.ClosedByInterruptException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The interrupts that limits have given one thread and not taken back yet. Kept apart from those of others, which must reach
 * the thread: all but one that comes while ours is pending, for the JVM has one flag for both.
 *
 * <p>No lock guards it: a thread that waits for a {@code ReentrantLock} has its flag down now and then (the lock puts it aside, to
 * restore it), and whoever looked then would miss an interrupt of somebody else's.
 */
final class Interrupts {

    /** Somebody else has interrupted the thread too. Theirs is left when the last of ours is taken back. */
    private static final int FOREIGN = 1;

    /** One interrupt of ours. */
    private static final int OURS = 2;

    private static final int MOST_WRAPPINGS = 8;

    private final Thread thread;

    /** How many of ours are out, times {@link #OURS}, and {@link #FOREIGN}. */
    private final AtomicInteger state = new AtomicInteger();

    /** The calls that are counted as running on. A call with several limits is one call. */
    private final Set<Call> late = ConcurrentHashMap.newKeySet();

    Interrupts(Thread thread) {
        this.thread = thread;
    }

    /** Passes on that the caller was interrupted, which is no doing of a limit. By any thread. */
    void passOn() {
        thread.interrupt();
    }

    /** Interrupts the thread. By any thread. What is out is noted first: who sees the flag of another limit knows that it is. */
    void give() {
        int before;
        int after;
        do {
            before = state.get();
            int foreign = before < OURS && thread.isInterrupted() ? FOREIGN : 0;
            after = (before | foreign) + OURS;
        } while (!state.compareAndSet(before, after));
        thread.interrupt();
    }

    /**
     * Takes one back, by the thread itself. If another one is still out it may have been taken for this one, and is given again.
     *
     * @param thrown whether what was interrupted has thrown the interrupt. If the flag is set all the same, and not by another of
     *     ours, there were two, and one of them was somebody else's
     */
    void takeBack(boolean thrown) {
        int before = state.get();
        if (before < 2 * OURS) {
            boolean pending = Thread.interrupted();
            if ((before & FOREIGN) != 0 || (thrown && pending)) {
                thread.interrupt();
            }
            if (state.compareAndSet(before, 0)) {
                return;
            }
        }
        state.addAndGet(-OURS);
        thread.interrupt();
    }

    /**
     * An interrupt has ended a wait of the thread's. The flag is set again, for whoever is further out. If one of ours had set it
     * already, there were two, and one of them was somebody else's. By the thread itself.
     *
     * @return whether one of ours is out
     */
    boolean thrown() {
        int before = state.get();
        if (before == OURS && thread.isInterrupted()) {
            state.compareAndSet(before, before | FOREIGN); // unless another of ours has come, which has set it
        }
        thread.interrupt();
        return areOut();
    }

    /**
     * Counts a call as running on. By any thread.
     *
     * @return {@code false} if another limit has counted it
     */
    boolean count(Call call) {
        return late.add(call);
    }

    /** The call has come to its end, or to where the limit that counted it is left. */
    void ended(Call call) {
        late.remove(call);
    }

    /** Whether a limit has interrupted the thread and not dealt with that yet. */
    boolean areOut() {
        return state.get() >= OURS;
    }

    /**
     * An interrupt of the caller: as itself, or as clients wrap it, which then leave the thread's flag set. Without the
     * flag somebody else's thread was interrupted, and that is a failure like any other.
     */
    static boolean isOfCaller(Throwable failure) {
        if (failure instanceof InterruptedException) {
            return true;
        }
        if (!Thread.currentThread().isInterrupted()) {
            return false;
        }
        Throwable link = failure;
        for (int depth = 0; link != null && depth < MOST_WRAPPINGS; depth++) {
            if (link instanceof InterruptedException || link instanceof ClosedByInterruptException) {
                return true;
            }
            link = FailureFilter.causeOf(link);
        }
        return false;
    }
}
