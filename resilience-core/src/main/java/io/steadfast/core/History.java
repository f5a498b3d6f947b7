package io.steadfast.core;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** The failures of one call's earlier attempts. Made when the first attempt has failed, so good calls have none. */
final class History {

    /** A failure that is thrown again and again, such as a constant, must not grow with each call. */
    private static final int MOST_SUPPRESSED = 16;

    private final List<Throwable> failures = new ArrayList<>(2);

    static History of(@Nullable History history, @Nullable Throwable failure) {
        History grown = history == null ? new History() : history;
        if (failure != null) {
            grown.failures.add(failure);
        }
        return grown;
    }

    /**
     * The failure the caller gets: the target's own last one, or the refusal if the target was never reached; the others
     * are suppressed in it.
     */
    static Throwable conclude(@Nullable History history, Throwable last) {
        return history == null ? last : history.conclude(last);
    }

    private Throwable conclude(Throwable last) {
        Throwable main = last instanceof CallRejectedException ? lastOfTarget(last) : last;
        for (Throwable earlier : failures) {
            suppress(earlier, main);
        }
        suppress(last, main);
        return main;
    }

    private Throwable lastOfTarget(Throwable refusal) {
        for (int i = failures.size() - 1; i >= 0; i--) {
            if (!(failures.get(i) instanceof CallRejectedException)) {
                return failures.get(i);
            }
        }
        return refusal;
    }

    /** Adds one failure to another, unless it is there already in any role. */
    static void suppress(Throwable lesser, Throwable main) {
        if (lesser == main || lesser == main.getCause()) {
            return;
        }
        Throwable[] present = main.getSuppressed();
        if (present.length >= MOST_SUPPRESSED) {
            return;
        }
        for (Throwable known : present) {
            if (known == lesser) {
                return;
            }
        }
        main.addSuppressed(lesser);
    }
}
