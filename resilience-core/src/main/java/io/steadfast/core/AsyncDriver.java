package io.steadfast.core;

/** Acts on policies for stages and publishers. Blocks no thread; a wait is a task of the timer. */
record AsyncDriver(PolicyRuntime runtime, Reporter reporter) implements Driver<AsyncStep> {

    @Override
    public AsyncStep target() {
        return (call, then) -> {
            Attempt attempt = new Attempt(call.call(), then);
            call.begin(attempt);
            if (attempt.isOver()) {
                return; // told to end before it began
            }
            try {
                reporter.attemptStarted(call.call());
                call.target().follow(call.call().proceed(), false, attempt);
            } catch (Throwable failure) {
                attempt.done(null, failure);
            }
        };
    }

    @Override
    public AsyncStep gate(PolicySlot<Gate> slot, AsyncStep next) {
        return new AsyncGate(slot, next, runtime.ticker(), reporter);
    }

    @Override
    public AsyncStep recovery(PolicySlot<Recovery> slot, int depth, AsyncStep next) {
        return new AsyncRecovery(slot, depth, next, runtime.timer(), reporter);
    }

    @Override
    public AsyncStep timeLimit(PolicySlot<TimeLimit> slot, int depth, AsyncStep next) {
        return new AsyncTimeLimit(slot, depth, next, runtime.timer(), reporter);
    }
}
