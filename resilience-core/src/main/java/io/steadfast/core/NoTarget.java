package io.steadfast.core;

import org.jspecify.annotations.Nullable;

/** Stands where there is nothing to call. */
enum NoTarget implements Target<@Nullable Object[]> {
    INSTANCE;

    @Override
    public @Nullable Object proceed(@Nullable Object[] invocation) {
        return null;
    }

    @Override
    public @Nullable Object[] arguments(@Nullable Object[] invocation) {
        return invocation;
    }
}
