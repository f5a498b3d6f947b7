package io.steadfast.core.time;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Something a thread can wait for: given once, by any thread, and given for ever. Thread-safe. */
public final class Signal implements Runnable {

    private final CountDownLatch latch = new CountDownLatch(1);

    /** A signal not given yet. */
    public Signal() {}

    /** Gives the signal; the second time does nothing. */
    @Override
    public void run() {
        latch.countDown();
    }

    /**
     * Whether it has been given.
     *
     * @return {@code true} from then on
     */
    public boolean isGiven() {
        return latch.getCount() == 0;
    }

    boolean await(long nanos) throws InterruptedException {
        return latch.await(nanos, TimeUnit.NANOSECONDS);
    }

    void await() throws InterruptedException {
        latch.await();
    }
}
