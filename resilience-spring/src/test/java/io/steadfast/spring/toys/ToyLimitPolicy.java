package io.steadfast.spring.toys;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.steadfast.core.Call;
import io.steadfast.core.PolicyId;
import io.steadfast.core.TimeLimit;

/** Limits nothing really, but remembers the owners of the methods that were called. */
public final class ToyLimitPolicy implements TimeLimit {

    private final PolicyId id;

    private final Duration limit;

    private final List<ToyOwner> owners = new CopyOnWriteArrayList<>();

    private volatile Integer stillRunning = 0;

    public ToyLimitPolicy(PolicyId id, Duration limit) {
        this.id = id;
        this.limit = limit;
    }

    public ToyLimitPolicy stillRunning(Integer calls) {
        stillRunning = calls;
        return this;
    }

    public List<ToyOwner> owners() {
        return owners;
    }

    public Duration limit() {
        return limit;
    }

    @Override
    public PolicyId id() {
        return id;
    }

    @Override
    public long limitNanos(Call call) {
        ToyOwner owner = call.trait(ToyOwner.class);
        owners.add(owner == null ? new ToyOwner("unknown") : owner);
        return 0;
    }

    @Override
    public Map<String, Object> snapshot() {
        return stillRunning == null ? Map.of() : Map.of("still-running", stillRunning);
    }
}
