package io.steadfast.test;

import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.Call;
import io.steadfast.core.PolicyId;
import io.steadfast.core.TimeLimit;

/** A limit seen from outside: passes everything on and counts what goes on although its time is up. Thread-safe. */
final class WatchedLimit implements TimeLimit {

    private final TimeLimit limit;

    private final AtomicInteger leftRunning = new AtomicInteger();

    private final AtomicInteger endedLate = new AtomicInteger();

    WatchedLimit(TimeLimit limit) {
        this.limit = limit;
    }

    int leftRunning() {
        return leftRunning.get();
    }

    int endedLate() {
        return endedLate.get();
    }

    @Override
    public PolicyId id() {
        return limit.id();
    }

    @Override
    public long limitNanos(Call call) {
        return limit.limitNanos(call);
    }

    @Override
    public boolean separateThread() {
        return limit.separateThread();
    }

    @Override
    public void leftRunning(Call call) {
        limit.leftRunning(call);
        leftRunning.incrementAndGet();
    }

    @Override
    public void endedLate(Call call) {
        limit.endedLate(call);
        endedLate.incrementAndGet();
    }
}
