package io.steadfast.reactor;

import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.Call;
import io.steadfast.core.Gate;
import io.steadfast.core.Permit;
import io.steadfast.core.PolicyId;

/** Lets everybody in and keeps count. */
final class CountingGate implements Gate, Permit {

    final AtomicInteger acquired = new AtomicInteger();

    final AtomicInteger succeeded = new AtomicInteger();

    final AtomicInteger failed = new AtomicInteger();

    final AtomicInteger abandoned = new AtomicInteger();

    @Override
    public PolicyId id() {
        return new PolicyId("counting", "test");
    }

    @Override
    public Permit acquire(Call call) {
        acquired.incrementAndGet();
        return this;
    }

    @Override
    public void succeeded(Call call, long elapsedNanos, Object result) {
        succeeded.incrementAndGet();
    }

    @Override
    public void failed(Call call, long elapsedNanos, Throwable failure) {
        failed.incrementAndGet();
    }

    @Override
    public void abandoned(Call call) {
        abandoned.incrementAndGet();
    }

    int settled() {
        return succeeded.get() + failed.get() + abandoned.get();
    }

    String counts() {
        return succeeded + " succeeded, " + failed + " failed, " + abandoned + " abandoned";
    }
}
