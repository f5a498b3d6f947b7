package io.steadfast.turnstile;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.BulkheadFullException;
import io.steadfast.core.Call;
import io.steadfast.core.Gate;
import io.steadfast.core.Permit;
import io.steadfast.core.PolicyId;

/** A door for a fixed number of calls at once. */
final class Turnstile implements Gate, Permit {

    private final PolicyId id;

    private final int places;

    private final AtomicInteger inside = new AtomicInteger();

    Turnstile(String instance, int places) {
        this.id = new PolicyId("turnstile", instance);
        this.places = places;
    }

    @Override
    public PolicyId id() {
        return id;
    }

    @Override
    public Permit acquire(Call call) {
        if (inside.incrementAndGet() > places) {
            inside.decrementAndGet();
            throw new BulkheadFullException(call.name(), null);
        }
        return this;
    }

    @Override
    public void succeeded(Call call, long elapsedNanos, Object result) {
        inside.decrementAndGet();
    }

    @Override
    public void failed(Call call, long elapsedNanos, Throwable failure) {
        inside.decrementAndGet();
    }

    @Override
    public void abandoned(Call call) {
        inside.decrementAndGet();
    }

    @Override
    public Map<String, Object> snapshot() {
        return Map.of("inside", inside.get(), "places", places);
    }

    int inside() {
        return inside.get();
    }
}
