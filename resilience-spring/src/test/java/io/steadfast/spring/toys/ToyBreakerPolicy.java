package io.steadfast.spring.toys;

import java.util.LinkedHashMap;
import java.util.Map;

import io.steadfast.core.Call;
import io.steadfast.core.CircuitOpenException;
import io.steadfast.core.Gate;
import io.steadfast.core.Permit;
import io.steadfast.core.PolicyEvent;
import io.steadfast.core.PolicyId;
import io.steadfast.core.ResilienceListener;

/** A breaker whose state a test sets. */
public final class ToyBreakerPolicy implements Gate, Permit {

    private final PolicyId id;

    private final ResilienceListener listener;

    private volatile String state = "CLOSED";

    private volatile boolean broken;

    public ToyBreakerPolicy(String instance, ResilienceListener listener) {
        this.id = new PolicyId("circuit-breaker", instance);
        this.listener = listener;
    }

    public void goTo(String next) {
        String before = state;
        state = next;
        listener.policyEvent(PolicyEvent.stateChanged(id, before, next, "a test said so"));
    }

    public void breakSnapshot(boolean breakIt) {
        broken = breakIt;
    }

    @Override
    public PolicyId id() {
        return id;
    }

    @Override
    public Permit acquire(Call call) {
        if (state.equals("OPEN")) {
            throw new CircuitOpenException(call.name(), state, null, false);
        }
        return this;
    }

    @Override
    public void succeeded(Call call, long elapsedNanos, Object result) {}

    @Override
    public void failed(Call call, long elapsedNanos, Throwable failure) {}

    @Override
    public void abandoned(Call call) {}

    @Override
    public Map<String, Object> snapshot() {
        if (broken) {
            throw new IllegalStateException("no snapshot today");
        }
        Map<String, Object> snapshot = new LinkedHashMap<>();
        snapshot.put("state", state);
        snapshot.put("failure-rate", 12.5);
        snapshot.put("odd", Thread.State.NEW);
        return snapshot;
    }
}
