package io.steadfast.core;

import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/** One attempt of a race, on a copy of the call. How it runs, and how it is stopped, is the driver's business. */
abstract class Lane {

    private final Contest contest;

    private final int number;

    private final LaneCall call;

    /** The lane that was started before this one. */
    private final @Nullable Lane before;

    /** Whether the policy has heard how the attempt ended, which it does once. */
    private final AtomicBoolean heard = new AtomicBoolean();

    private boolean timed;

    private long start;

    private boolean told;

    private @Nullable Object result;

    private @Nullable Throwable failure;

    Lane(Contest contest, int number, @Nullable Lane before) {
        this.contest = contest;
        this.number = number;
        this.call = new LaneCall(contest.call(), number, contest.around());
        this.before = before;
    }

    /** Runs the attempt; what it comes to is handed to {@link #ended}. */
    abstract void run();

    /** Ends the attempt as one that counts for nothing. */
    abstract void stop();

    final void start() {
        timed = Judgement.timed(contest.race(), call, contest.reporter());
        start = timed ? call.attemptNanos() : 0;
        run();
    }

    /** Another lane has decided. */
    final void supersede() {
        call.supersede();
        cutShort();
        stop();
    }

    /** The first element of a stream is there: {@code false} if another lane was quicker. */
    final boolean emitting() {
        if (!contest.decidedBy(this)) {
            return false;
        }
        hear(null, null);
        return true;
    }

    /**
     * The attempt is over.
     *
     * @param ordered whether it was told to end, by the race or from outside
     */
    final void ended(@Nullable Object outcome, @Nullable Throwable cause, boolean ordered) {
        result = outcome;
        failure = cause;
        told = ordered;
        if (ordered) {
            cutShort();
        } else {
            hear(outcome, cause);
            if (Judgement.decides(contest.race(), call, outcome, cause, contest.reporter())) {
                contest.decidedBy(this);
            }
        }
        contest.left();
    }

    final void cutShort() {
        if (heard.compareAndSet(false, true)) {
            Judgement.cutShort(contest.race(), call, number, elapsed(), contest.reporter());
        }
    }

    private void hear(@Nullable Object outcome, @Nullable Throwable cause) {
        if (heard.compareAndSet(false, true)) {
            Judgement.ended(contest.race(), call, number, elapsed(), outcome, cause, contest.reporter());
        }
    }

    private long elapsed() {
        return timed ? call.ticker().nanos() - start : 0;
    }

    /** How much this outcome is worth to the caller if no lane has decided. */
    final int rank() {
        if (call.isSuperseded()) {
            return -1;
        }
        if (told) {
            return 2; // what has been ordered from outside is what happened
        }
        return failure instanceof CallRejectedException ? 0 : 1;
    }

    final int number() {
        return number;
    }

    final LaneCall call() {
        return call;
    }

    final @Nullable Lane before() {
        return before;
    }

    final @Nullable Object result() {
        return result;
    }

    final @Nullable Throwable failure() {
        return failure;
    }
}
