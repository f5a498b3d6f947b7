package io.steadfast.ratelimiter;

import io.steadfast.core.Call;
import io.steadfast.core.Permit;
import org.jspecify.annotations.Nullable;

/** The permit of every call that has been let in. What the call took is spent, however it ends. */
enum Admitted implements Permit {
    PERMIT;

    @Override
    public void succeeded(Call call, long elapsedNanos, @Nullable Object result) {}

    @Override
    public void failed(Call call, long elapsedNanos, Throwable failure) {}

    @Override
    public void abandoned(Call call) {}
}
