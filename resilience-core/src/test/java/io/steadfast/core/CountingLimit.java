package io.steadfast.core;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A limit that counts what it leaves running. */
final class CountingLimit implements TimeLimit {

    final AtomicInteger left = new AtomicInteger();

    final AtomicInteger ended = new AtomicInteger();

    private final Duration first;

    private final Duration later;

    private final boolean separate;

    private CountingLimit(Duration first, Duration later, boolean separate) {
        this.first = first;
        this.later = later;
        this.separate = separate;
    }

    static CountingLimit of(Duration limit) {
        return new CountingLimit(limit, limit, false);
    }

    static CountingLimit onSeparateThread(Duration limit) {
        return new CountingLimit(limit, limit, true);
    }

    /** The same with more time for attempts after the first one, however busy the machine is. */
    CountingLimit laterAttempts(Duration limit) {
        return new CountingLimit(first, limit, separate);
    }

    @Override
    public PolicyId id() {
        return new PolicyId("timeout", "counting");
    }

    @Override
    public long limitNanos(Call call) {
        return (call.attempts() == 0 ? first : later).toNanos();
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
