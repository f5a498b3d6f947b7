package io.steadfast.bulkhead;

import io.steadfast.core.Call;
import io.steadfast.core.Permit;
import org.jspecify.annotations.Nullable;

/** However a call ended, its place is free. */
record FixedPermit(Permits permits) implements Permit {

    @Override
    public void succeeded(Call call, long elapsedNanos, @Nullable Object result) {
        permits.leave();
    }

    @Override
    public void failed(Call call, long elapsedNanos, Throwable failure) {
        permits.leave();
    }

    @Override
    public void abandoned(Call call) {
        permits.leave();
    }
}
