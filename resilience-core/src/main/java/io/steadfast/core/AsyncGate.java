package io.steadfast.core;

/** Enters a gate, waiting if it asks to, runs the rest, settles the permit before the outcome travels on. */
record AsyncGate(PolicySlot<Gate> slot, AsyncStep next, PolicyRuntime runtime, Reporter reporter) implements AsyncStep {

    @Override
    public void run(AsyncCall async, Completion then) {
        Gate gate = slot.policy();
        Permit permit;
        try {
            permit = Admission.acquire(gate, async.call(), reporter);
        } catch (Throwable refusal) {
            then.done(null, refusal);
            return;
        }
        admitted(gate, permit, async, then);
    }

    /** Goes on with what the gate, or a place in its queue, gave. */
    void admitted(Gate gate, Permit permit, AsyncCall async, Completion then) {
        if (permit instanceof Reservation place) {
            new AsyncWait(this, gate, place, async, then).begin();
        } else {
            new Admitted(this, gate, permit, async, then).enter();
        }
    }
}
