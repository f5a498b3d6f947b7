package io.steadfast.reactor;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.Call;
import io.steadfast.core.Gate;
import io.steadfast.core.Permit;
import io.steadfast.core.PolicyId;
import io.steadfast.core.Reservation;

/** Has each call wait, and keeps count of what becomes of the places. Admits with a permit of its own gate. */
final class WaitingGate implements Gate {

    final CountingGate permits = new CountingGate();

    final AtomicInteger claimed = new AtomicInteger();

    final AtomicInteger withdrawn = new AtomicInteger();

    final AtomicInteger endedTwice = new AtomicInteger();

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    private final long waitNanos;

    private final boolean early;

    WaitingGate(long waitNanos, boolean early) {
        this.waitNanos = waitNanos;
        this.early = early;
    }

    @Override
    public PolicyId id() {
        return new PolicyId("bulkhead", "waiting");
    }

    @Override
    public Permit acquire(Call call) {
        return new Place();
    }

    /** Tells the one who has waited longest, if anybody waits. */
    void wake() {
        Runnable first = waiting.poll();
        if (first != null) {
            first.run();
        }
    }

    private final class Place extends Reservation {

        private final AtomicInteger endings = new AtomicInteger();

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
            waiting.add(ready);
        }

        @Override
        public Permit claim(Call call) {
            end(claimed);
            return permits.acquire(call);
        }

        @Override
        public void withdraw(Call call) {
            end(withdrawn);
        }

        private void end(AtomicInteger how) {
            how.incrementAndGet();
            if (endings.incrementAndGet() > 1) {
                endedTwice.incrementAndGet();
            }
        }
    }
}
