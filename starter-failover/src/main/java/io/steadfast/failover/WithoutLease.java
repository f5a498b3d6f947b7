package io.steadfast.failover;

import io.steadfast.core.Call;
import io.steadfast.core.Permit;
import org.jspecify.annotations.Nullable;

/** For a call to an address that is none of the pool's. */
enum WithoutLease implements Permit {
    PERMIT;

    @Override
    public void succeeded(Call call, long elapsedNanos, @Nullable Object result) {}

    @Override
    public void failed(Call call, long elapsedNanos, Throwable failure) {}

    @Override
    public void abandoned(Call call) {}
}
