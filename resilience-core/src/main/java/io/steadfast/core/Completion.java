package io.steadfast.core;

import org.jspecify.annotations.Nullable;

/** Hears how something ended. Called exactly once, on any thread. */
@FunctionalInterface
public interface Completion {

    /**
     * It ended.
     *
     * @param result the result, meaningful only if {@code failure} is {@code null}
     * @param failure what went wrong, {@code null} if nothing did
     */
    void done(@Nullable Object result, @Nullable Throwable failure);
}
