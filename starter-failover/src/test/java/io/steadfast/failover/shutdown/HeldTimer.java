package io.steadfast.failover.shutdown;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import io.steadfast.core.time.Timer;

/** Whoever sleeps by it sleeps until the test lets him go on. */
final class HeldTimer implements Timer {

    final CountDownLatch slept = new CountDownLatch(1);

    final AtomicReference<Duration> asleep = new AtomicReference<>();

    @Override
    public void sleep(long nanos) throws InterruptedException {
        asleep.set(Duration.ofNanos(nanos));
        slept.await();
    }

    @Override
    public Scheduled schedule(Runnable task, long delayNanos) {
        return Timer.system().schedule(task, delayNanos);
    }
}
