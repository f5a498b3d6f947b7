package io.steadfast.timeout.autoconfigure;

import java.time.Duration;

import io.steadfast.core.time.Signal;
import io.steadfast.core.time.Ticker;
import io.steadfast.core.time.Timer;
import io.steadfast.test.ManualTimer;
import org.awaitility.Awaitility;

/** Manual time for calls that really run on another thread: what is to be done now is done there, and waiting callers block. */
final class OwnThreads implements Timer {

    private final ManualTimer manual = new ManualTimer();

    OwnThreads() {
        manual.holdWaiters();
    }

    Ticker ticker() {
        return manual.ticker();
    }

    /** Lets time pass as soon as a number of alarms and waiting callers is there to notice. */
    void advanceOnce(int waiting, Duration by) {
        Awaitility.await().until(() -> manual.pendingTasks() == waiting);
        manual.advance(by);
    }

    @Override
    public void sleep(long nanos) throws InterruptedException {
        manual.sleep(nanos);
    }

    @Override
    public boolean await(Signal signal, long nanos) throws InterruptedException {
        return manual.await(signal, nanos);
    }

    @Override
    public Scheduled schedule(Runnable task, long delayNanos) {
        if (delayNanos > 0) {
            return manual.schedule(task, delayNanos);
        }
        Thread thread = new Thread(task, "separate");
        thread.setDaemon(true);
        thread.start();
        return () -> {};
    }
}
