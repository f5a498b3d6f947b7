package io.steadfast.failover;

import java.net.URI;

import io.steadfast.core.Call;
import org.jspecify.annotations.Nullable;

/**
 * Says which instance the caller of a method has chosen himself. A trait of the call, asked once per attempt, on the caller's thread:
 * quick, and never blocks. Thread-safe.
 */
@FunctionalInterface
public interface PassedInstance {

    /**
     * Where the caller wants the call to go.
     *
     * @param call the call that needs an instance
     * @return the address; {@code null} if the choice is the pool's. An address that is not in the pool is respected, too: the call
     *     goes on without a lease
     */
    @Nullable
    URI passed(Call call);
}
