package io.steadfast.reactor;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.Call;
import io.steadfast.core.PolicyId;
import io.steadfast.core.TimeLimit;

/** A limit that counts what it leaves running. */
final class CountingLimit implements TimeLimit {

    final AtomicInteger left = new AtomicInteger();

    final AtomicInteger ended = new AtomicInteger();

    private final Duration limit;

    private final boolean separate;

    CountingLimit(Duration limit, boolean separate) {
        this.limit = limit;
        this.separate = separate;
    }

    @Override
    public PolicyId id() {
        return new PolicyId("timeout", "counting");
    }

    @Override
    public long limitNanos(Call call) {
        return limit.toNanos();
    }

    @Override
    public boolean separateThread() {
        return separate;
    }

    @Override
    public void leftRunning(Call call) {
        left.incrementAndGet();
    }

    @Override
    public void endedLate(Call call) {
        ended.incrementAndGet();
    }

    String counts() {
        return left + " left, " + ended + " ended";
    }
}
