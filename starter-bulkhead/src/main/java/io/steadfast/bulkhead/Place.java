package io.steadfast.bulkhead;

import java.util.List;

import io.steadfast.core.Call;
import io.steadfast.core.Permit;
import io.steadfast.core.Reservation;
import org.jspecify.annotations.Nullable;

/** A call's place in the queue. Its state is guarded by the lock of the {@link Permits}. */
final class Place extends Reservation {

    private enum State {
        WAITING,
        GRANTED,
        EVICTED,
        ENDED
    }

    private final BulkheadPolicy bulkhead;

    private final Permits permits;

    private final Priority priority;

    /** Neighbours in the {@link WaitingLine}, which alone uses them. */
    @Nullable
    Place older;

    @Nullable
    Place newer;

    private State state = State.WAITING;

    private @Nullable Runnable wake;

    Place(BulkheadPolicy bulkhead, Permits permits, Priority priority) {
        this.bulkhead = bulkhead;
        this.permits = permits;
        this.priority = priority;
    }

    @Override
    public long waitNanos() {
        return bulkhead.maxWaitNanos();
    }

    @Override
    public boolean mayComeEarly() {
        return true;
    }

    @Override
    public void whenReady(Runnable wake) {
        permits.whenReady(this, wake);
    }

    @Override
    public Permit claim(Call call) {
        if (permits.claim(this)) {
            return bulkhead.permit();
        }
        throw bulkhead.refusal(call);
    }

    @Override
    public void withdraw(Call call) {
        permits.withdraw(this);
    }

    Priority priority() {
        return priority;
    }

    boolean isWaiting() {
        return state == State.WAITING;
    }

    boolean isGranted() {
        return state == State.GRANTED;
    }

    void wakeBy(Runnable wake) {
        this.wake = wake;
    }

    /** The permit is this place's from now on. */
    void grant(List<Runnable> wakes) {
        decide(State.GRANTED, wakes);
    }

    /** The place is another's from now on. */
    void evict(List<Runnable> wakes) {
        decide(State.EVICTED, wakes);
    }

    void end() {
        state = State.ENDED;
    }

    private void decide(State decided, List<Runnable> wakes) {
        state = decided;
        if (wake != null) {
            wakes.add(wake);
        }
    }
}
