package io.steadfast.reactor;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.ResilienceListener;
import io.steadfast.core.time.Ticker;
import io.steadfast.core.time.Timer;

/** A timer whose tasks run when a test says so. */
final class HandTimer implements Timer {

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    @Override
    public void sleep(long nanos) {
        throw new AssertionError("the Reactor driver blocks no thread");
    }

    @Override
    public Scheduled schedule(Runnable task, long delayNanos) {
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    PolicyRuntime runtime(ResilienceListener listener) {
        return new PolicyRuntime(Ticker.system(), this, listener);
    }

    int pending() {
        return tasks.size();
    }

    void runNext() {
        tasks.remove().run();
    }
}
