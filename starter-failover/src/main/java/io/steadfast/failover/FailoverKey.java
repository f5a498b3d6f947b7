package io.steadfast.failover;

import io.steadfast.core.Call;
import org.jspecify.annotations.Nullable;

/**
 * Says what a call is about, for pickers that send the same key to the same instance. A trait of the call, asked once per attempt, on
 * the caller's thread: quick, and never blocks. Thread-safe. If it throws, the attempt goes on without a key.
 */
@FunctionalInterface
public interface FailoverKey {

    /**
     * Works out the key.
     *
     * @param call the call that needs an instance
     * @return the key; {@code null} for none
     */
    @Nullable
    Object keyOf(Call call);
}
