package io.steadfast.ratelimiter;

import io.steadfast.core.Call;
import io.steadfast.core.Permit;
import io.steadfast.core.Reservation;
import org.jspecify.annotations.Nullable;

/** A call whose permits the store has reserved for a later moment, or would have if the call had the time to wait for it. */
final class StoreTurn extends Reservation {

    private final StoreBackedLimit limit;

    private final @Nullable String key;

    private final int permits;

    private final long dueNanos;

    private final boolean reserved;

    StoreTurn(StoreBackedLimit limit, @Nullable String key, int permits, long dueNanos, boolean reserved) {
        this.limit = limit;
        this.key = key;
        this.permits = permits;
        this.dueNanos = dueNanos;
        this.reserved = reserved;
    }

    @Override
    public long waitNanos() {
        return dueNanos - limit.nanos();
    }

    @Override
    public boolean mayComeEarly() {
        return false;
    }

    @Override
    public Permit claim(Call call) {
        if (!reserved) {
            throw limit.refusal(call, waitNanos());
        }
        return Admitted.PERMIT;
    }

    @Override
    public void withdraw(Call call) {
        if (reserved) {
            limit.giveBack(key, permits);
        }
    }
}
