package io.steadfast.door;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.BulkheadFullException;
import io.steadfast.core.Call;
import io.steadfast.core.Gate;
import io.steadfast.core.Permit;
import io.steadfast.core.PolicyId;
import io.steadfast.core.SettingsCheck;

/** A door for a fixed number of calls at once, half of them guests. */
final class DoorPolicy implements Gate, Permit {

    private final PolicyId id;

    private final int places;

    private final AtomicInteger inside = new AtomicInteger();

    DoorPolicy(PolicyId id, int places) {
        new SettingsCheck().atLeast("places", places, 1).refuseIfWrong();
        this.id = id;
        this.places = places;
    }

    @Override
    public PolicyId id() {
        return id;
    }

    @Override
    public Permit acquire(Call call) {
        int free = call.trait(Visitor.class) == Visitor.RESIDENT ? places : (places + 1) / 2;
        if (inside.incrementAndGet() > free) {
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
}
