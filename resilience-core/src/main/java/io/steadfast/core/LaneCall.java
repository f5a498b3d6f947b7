package io.steadfast.core;

import org.jspecify.annotations.Nullable;

/** A call on behalf of one attempt of a race. Once another one has decided the race, what this comes to counts for nothing. */
final class LaneCall extends Call {

    private final Call original;

    private final int attemptsBefore;

    /** The lane that this is a part of: a copy for another thread, or a lane of a race inside. */
    private final @Nullable LaneCall around;

    /** The copy made last; whoever makes one waits for it, so that is where attempts are made. */
    private volatile @Nullable LaneCall copy;

    private volatile boolean superseded;

    /**
     * A copy that goes its own way.
     *
     * @param call the call that is raced
     * @param number which attempt of the race this is; those before count as made, so that targets can tell attempts apart
     * @param around the lane that the race is a part of
     */
    LaneCall(Call call, int number, @Nullable LaneCall around) {
        super(call, CallNotes.ofAttemptBeside(call.route(), call.enclosing()));
        this.original = call.original();
        int marks = call.isCopy() ? attemptsAndMarks : attemptsAndMarks & ~Marks.COPY; // it knows its original
        attemptsAndMarks = marks + (number - 1) * Marks.ATTEMPT;
        this.attemptsBefore = attempts();
        this.around = around;
    }

    private LaneCall(LaneCall whole) {
        super(whole, whole.notes);
        this.original = whole.original;
        this.attemptsBefore = whole.attemptsBefore;
        this.around = whole;
    }

    @Override
    Call copy() {
        LaneCall next = new LaneCall(this);
        copy = next;
        return next;
    }

    /** What the attempt under way writes to: this, or a copy on another thread. */
    LaneCall innermost() {
        LaneCall inside = copy;
        return inside == null ? this : inside.innermost();
    }

    /** How often this lane has entered the target. */
    int attemptsMade() {
        return innermost().attempts() - attemptsBefore;
    }

    void supersede() {
        superseded = true;
    }

    @Override
    public Call original() {
        return original;
    }

    @Override
    public CallObserver.@Nullable Watch watch() {
        return original.watch();
    }

    @Override
    boolean isSuperseded() {
        return superseded || (around != null && around.isSuperseded());
    }
}
