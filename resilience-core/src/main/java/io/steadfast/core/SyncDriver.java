package io.steadfast.core;

/** Acts on policies for plain methods, on the caller's thread: no hop, so thread locals and transactions stay. */
record SyncDriver(PolicyRuntime runtime, Reporter reporter) implements Driver<SyncStep> {

    @Override
    public SyncStep target() {
        return call -> {
            Admission.refuseIfLate(call, reporter);
            Admission.stopIfSuperseded(call);
            reporter.attemptStarted(call);
            return call.proceed();
        };
    }

    @Override
    public SyncStep gate(PolicySlot<Gate> slot, SyncStep next) {
        return new SyncGate(slot, next, runtime, reporter);
    }

    @Override
    public SyncStep recovery(PolicySlot<Recovery> slot, int depth, SyncStep next) {
        return new SyncRecovery(slot, next, runtime.timer(), reporter);
    }

    @Override
    public SyncStep timeLimit(PolicySlot<TimeLimit> slot, int depth, SyncStep next) {
        return new SyncTimeLimit(slot, next, runtime, reporter);
    }

    @Override
    public SyncStep race(PolicySlot<Race> slot, int depth, SyncStep next) {
        return new SyncRace(slot, next, runtime, reporter);
    }
}
