package io.steadfast.bulkhead;

import io.steadfast.core.Call;
import io.steadfast.core.Permit;
import org.jspecify.annotations.Nullable;

/** Gives the place back first, whatever comes of the sample. */
record AdaptivePermit(Permits permits, AdaptiveLimit limit) implements Permit {

    @Override
    public void succeeded(Call call, long elapsedNanos, @Nullable Object result) {
        limit.answered(elapsedNanos, permits.leave());
    }

    @Override
    public void failed(Call call, long elapsedNanos, Throwable failure) {
        int inFlight = permits.leave();
        if (Drops.isDrop(call, failure)) {
            limit.dropped(elapsedNanos, inFlight);
        }
    }

    @Override
    public void abandoned(Call call) {
        permits.leave();
    }
}
