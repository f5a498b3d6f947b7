package io.steadfast.failover.pick;

import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.Instance;

/** A candidate that says what the test tells it to, and counts how often it is asked. */
final class FakeCandidate implements Candidate {

    final AtomicInteger serving = new AtomicInteger();

    final AtomicInteger asked = new AtomicInteger();

    double latency = 1;

    double share = 1;

    boolean available = true;

    private final Instance instance;

    FakeCandidate(Instance instance) {
        this.instance = instance;
    }

    @Override
    public Instance instance() {
        return instance;
    }

    @Override
    public int inFlight() {
        asked.incrementAndGet();
        return serving.get();
    }

    @Override
    public double cost(long nowNanos) {
        asked.incrementAndGet();
        return latency * (serving.get() + 1);
    }

    @Override
    public double share(long nowNanos) {
        asked.incrementAndGet();
        return share;
    }

    @Override
    public boolean isAvailable() {
        return available;
    }

    @Override
    public String toString() {
        return instance.id();
    }
}
