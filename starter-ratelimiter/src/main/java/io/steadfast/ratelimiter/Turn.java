package io.steadfast.ratelimiter;

import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.Call;
import io.steadfast.core.Permit;
import io.steadfast.core.Reservation;

/** The place of a call that waits until its permits are due. Only time decides. */
final class Turn extends Reservation {

    private final Reserved reserved;

    private final AtomicInteger waiting;

    /**
     * A place, counted as long as the call waits.
     *
     * @param reserved what the call waits for
     * @param waiting how many calls wait
     */
    Turn(Reserved reserved, AtomicInteger waiting) {
        this.reserved = reserved;
        this.waiting = waiting;
        waiting.incrementAndGet();
    }

    @Override
    public long waitNanos() {
        return reserved.waitNanos();
    }

    @Override
    public boolean mayComeEarly() {
        return false;
    }

    @Override
    public Permit claim(Call call) {
        waiting.decrementAndGet();
        return Admitted.PERMIT;
    }

    @Override
    public void withdraw(Call call) {
        waiting.decrementAndGet();
        reserved.giveBack();
    }
}
