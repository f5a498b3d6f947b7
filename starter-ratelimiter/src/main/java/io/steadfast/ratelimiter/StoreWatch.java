package io.steadfast.ratelimiter;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

import io.steadfast.core.PolicyEvent;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import org.jspecify.annotations.Nullable;

/**
 * Whether the store answers. The first failure says no for all; from then on nobody waits for the store, but at most once in
 * an interval somebody looks whether it is back, and the first such look that is answered in time says yes for all.
 *
 * <p>Each change begins a new era. What was asked in an earlier one says nothing about the present: calls that failed together
 * are one failure, and one that fails late does not contradict the look that found the store back.
 */
final class StoreWatch {

    static final String UP = "shared";

    static final String DOWN = "store-down";

    private static final int LONGEST_REASON = 200;

    private final PolicyId id;

    private final PolicyRuntime runtime;

    private volatile String meanwhile;

    private volatile long intervalNanos;

    /** Even while the store is up, odd while it is down. */
    private final AtomicLong era = new AtomicLong();

    private final AtomicLong nextLookNanos = new AtomicLong();

    private volatile String reason = "";

    /**
     * A watch over a store that is taken to be up.
     *
     * @param meanwhile who decides while it is down, for the log
     */
    StoreWatch(PolicyId id, PolicyRuntime runtime, String meanwhile, long intervalNanos) {
        this.id = id;
        this.runtime = runtime;
        this.meanwhile = meanwhile;
        this.intervalNanos = intervalNanos;
    }

    /** Goes by other settings; what is known of the store stays. */
    void goBy(String nextMeanwhile, long nextIntervalNanos) {
        meanwhile = nextMeanwhile;
        intervalNanos = nextIntervalNanos;
    }

    long era() {
        return era.get();
    }

    static boolean isUp(long era) {
        return (era & 1) == 0;
    }

    /** Why the store is down; the last reason while it is up. */
    String reason() {
        return reason;
    }

    /** Whether the caller is the one to look whether the store is back. Reads the clock. */
    boolean mayLook() {
        long due = nextLookNanos.get();
        long now = runtime.ticker().nanos();
        return now - due >= 0 && nextLookNanos.compareAndSet(due, now + intervalNanos);
    }

    /** How long until the next look. */
    long nanosToNextLook() {
        return Math.max(0, nextLookNanos.get() - runtime.ticker().nanos());
    }

    /**
     * A question has failed. On the thread of a call, or one that may block: listeners hear of it.
     *
     * @param askedIn the era in which it was asked
     */
    void failed(long askedIn, Throwable failure) {
        if (!isUp(askedIn) || askedIn != era.get()) {
            return;
        }
        nextLookNanos.set(runtime.ticker().nanos() + intervalNanos);
        reason = text(failure); // before anybody can ask for it
        if (era.compareAndSet(askedIn, askedIn + 1)) {
            tell(UP, DOWN, reason + "; until it answers again, " + meanwhile);
        }
    }

    /**
     * A look has been answered in time. On a thread that may block.
     *
     * @param askedIn the era in which it was asked
     */
    void answered(long askedIn) {
        if (!isUp(askedIn) && era.compareAndSet(askedIn, askedIn + 1)) {
            tell(DOWN, UP, "the store answers again");
        }
    }

    private void tell(String from, String to, String detail) {
        if (runtime.listener().hears(PolicyEvent.Kind.STATE_CHANGED)) {
            runtime.listener().policyEvent(PolicyEvent.stateChanged(id, from, to, detail));
        }
    }

    private static String text(Throwable failure) {
        Throwable cause = unwrap(failure);
        String message = cause.getMessage();
        String text = message == null || cause instanceof CancellationException
                ? cause.getClass().getSimpleName()
                : message.strip();
        String kept = text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "…";
        return "the store failed: " + kept;
    }

    private static Throwable unwrap(Throwable failure) {
        @Nullable Throwable cause = failure.getCause();
        boolean wrapped = failure instanceof CompletionException || failure instanceof ExecutionException;
        return wrapped && cause != null ? unwrap(cause) : failure;
    }

    /** The failure of a store that lets its callers wait. */
    static TimeoutException tooSlow(String limit) {
        return new TimeoutException("no answer within " + limit);
    }
}
