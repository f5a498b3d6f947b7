package io.steadfast.turnstile;

import io.steadfast.core.Gate;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.test.GateContract;

class TurnstileTests extends GateContract {

    @Override
    protected Gate openGate(PolicyRuntime runtime) {
        return new Turnstile("door", 5);
    }

    @Override
    protected Gate shutGate(PolicyRuntime runtime) {
        return new Turnstile("door", 0);
    }

    @Override
    protected int permitsInUse(Gate gate) {
        return ((Turnstile) gate).inside();
    }
}
