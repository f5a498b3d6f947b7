package io.steadfast.core;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

/**
 * The failures of one call's earlier attempts. Made when the first attempt has failed, so good calls have none. Keeps the
 * latest only: a call that is tried for hours must not fill the heap with its failures.
 */
final class History {

    /** A failure that is thrown again and again, such as a constant, must not grow with each call. */
    private static final int MOST_SUPPRESSED = 16;

    private final Deque<Throwable> latest = new ArrayDeque<>(2);

    private @Nullable Throwable lastOfTarget;

    static History of(@Nullable History history, @Nullable Throwable failure) {
        History grown = history == null ? new History() : history;
        if (failure != null) {
            grown.add(failure);
        }
        return grown;
    }

    private void add(Throwable failure) {
        if (latest.size() == MOST_SUPPRESSED - 1) { // one place is kept for the refusal that ends the retrying
            latest.removeFirst();
        }
        latest.addLast(failure);
        if (!(failure instanceof CallRejectedException)) {
            lastOfTarget = failure;
        }
    }

    /**
     * The failure the caller gets: the target's own last one, or the refusal if the target was never reached; the others
     * are suppressed in it.
     */
    static Throwable conclude(@Nullable History history, Throwable last) {
        return history == null ? last : history.conclude(last);
    }

    private Throwable conclude(Throwable last) {
        Throwable main = last instanceof CallRejectedException && lastOfTarget != null ? lastOfTarget : last;
        for (Throwable earlier : latest) {
            suppress(earlier, main);
        }
        suppress(last, main);
        return main;
    }

    /** Adds one failure to another, unless it is there already in any role. A failure that cannot be asked stays alone. */
    static void suppress(Throwable lesser, Throwable main) {
        try {
            if (lesser != main && lesser != main.getCause() && hasRoomFor(lesser, main.getSuppressed())) {
                main.addSuppressed(lesser);
            }
        } catch (Throwable broken) {
            Complaints.log(Level.DEBUG, "An earlier failure could not be added to a later one", broken);
        }
    }

    private static boolean hasRoomFor(Throwable lesser, Throwable[] present) {
        if (present.length >= MOST_SUPPRESSED) {
            return false;
        }
        for (Throwable known : present) {
            if (known == lesser) {
                return false;
            }
        }
        return true;
    }
}
