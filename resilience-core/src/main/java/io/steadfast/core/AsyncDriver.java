package io.steadfast.core;

import org.jspecify.annotations.Nullable;

/** Acts on policies for stages and publishers. Blocks no thread; a wait is a task of the timer. */
record AsyncDriver(PolicyRuntime runtime, Reporter reporter) implements Driver<AsyncStep> {

    @Override
    public AsyncStep target() {
        return (call, then) -> {
            Attempt attempt = new Attempt(call, then);
            call.begin(attempt);
            if (attempt.isOver()) {
                attempt.workEnded(); // told to end before it began
                return;
            }
            Deadline outer = CallThread.swap(attempt.deadline());
            try {
                enter(call, attempt);
            } finally {
                CallThread.replace(outer);
            }
        };
    }

    private void enter(AsyncCall call, Attempt attempt) {
        Object returned;
        try {
            Admission.refuseIfLate(call.call(), reporter);
            reporter.attemptStarted(call.call());
            returned = call.call().proceed();
        } catch (Throwable failure) {
            attempt.done(null, failure);
            return;
        }
        reporter.returned(call.call(), returned);
        follow(call, returned, false, attempt);
    }

    /**
     * Follows what a target or a fallback returned. What comes back once the attempt is over was thrown by those who heard
     * of its outcome (a subscriber that hits a {@link LinkageError}, say); it is passed on to whoever runs this, as it would
     * be without a guard. Those who hold a stage have nothing thrown at them.
     */
    static void follow(AsyncCall call, @Nullable Object returned, boolean fallback, Attempt attempt) {
        AsyncTarget<Object> target = call.target();
        try {
            target.follow(returned, fallback, attempt);
        } catch (Throwable failure) {
            boolean heard = attempt.done(null, failure);
            if (!heard && !(target instanceof StageTarget)) {
                throw failure;
            }
        }
    }

    @Override
    public AsyncStep gate(PolicySlot<Gate> slot, AsyncStep next) {
        return new AsyncGate(slot, next, runtime, reporter);
    }

    @Override
    public AsyncStep recovery(PolicySlot<Recovery> slot, int depth, AsyncStep next) {
        return new AsyncRecovery(slot, depth, next, runtime.timer(), reporter);
    }

    @Override
    public AsyncStep timeLimit(PolicySlot<TimeLimit> slot, int depth, AsyncStep next) {
        return new AsyncTimeLimit(slot, depth, next, runtime, reporter);
    }

    @Override
    public AsyncStep race(PolicySlot<Race> slot, int depth, AsyncStep next) {
        return new AsyncRace(slot, depth, next, runtime, reporter);
    }
}
