package io.steadfast.core;

import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

/** Runs a {@link Callable}. */
enum CallableTarget implements Target<Callable<?>> {
    INSTANCE;

    @Override
    public @Nullable Object proceed(Callable<?> invocation) throws Exception {
        return invocation.call();
    }
}
