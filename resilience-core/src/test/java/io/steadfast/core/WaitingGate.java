package io.steadfast.core;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Has each call wait, and keeps count of what becomes of the places. Admits with a permit of its own gate. */
class WaitingGate implements Gate {

    final CountingGate permits = new CountingGate();

    final AtomicInteger claimed = new AtomicInteger();

    final AtomicInteger withdrawn = new AtomicInteger();

    final AtomicInteger endedTwice = new AtomicInteger();

    final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    private final long waitNanos;

    private final boolean early;

    /** What a claim gives, unless the usual permit. */
    private final Supplier<Permit> gives;

    WaitingGate(long waitNanos, boolean early) {
        this(waitNanos, early, () -> null);
    }

    WaitingGate(long waitNanos, boolean early, Supplier<Permit> gives) {
        this.waitNanos = waitNanos;
        this.early = early;
        this.gives = gives;
    }

    @Override
    public PolicyId id() {
        return new PolicyId("bulkhead", "waiting");
    }

    @Override
    public Permit acquire(Call call) {
        return place();
    }

    Reservation place() {
        return new Place();
    }

    /** A place has been given up. */
    void withdrawn() {}

    /** Tells the one who has waited longest, if anybody waits. */
    void wake() {
        Runnable first = waiting.poll();
        if (first != null) {
            first.run();
        }
    }

    private final class Place extends Reservation {

        private final AtomicInteger endings = new AtomicInteger();

        private volatile Runnable wake;

        @Override
        public long waitNanos() {
            return waitNanos;
        }

        @Override
        public boolean mayComeEarly() {
            return early;
        }

        @Override
        public void whenReady(Runnable ready) {
            wake = ready;
            waiting.add(ready);
            if (endings.get() > 0) {
                waiting.remove(ready);
            }
        }

        @Override
        public Permit claim(Call call) {
            end();
            claimed.incrementAndGet();
            Permit given = gives.get();
            return given == null ? permits.acquire(call) : given;
        }

        @Override
        public void withdraw(Call call) {
            end();
            withdrawn.incrementAndGet();
            withdrawn();
        }

        private void end() {
            if (endings.incrementAndGet() > 1) {
                endedTwice.incrementAndGet();
            }
            if (wake != null) {
                waiting.remove(wake);
            }
        }
    }
}
