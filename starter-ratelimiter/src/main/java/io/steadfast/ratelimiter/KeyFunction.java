package io.steadfast.ratelimiter;

import io.steadfast.core.Call;
import org.jspecify.annotations.Nullable;

/**
 * Says whose limit a call counts against. Asked once per attempt, on the caller's thread, which may be an event loop: quick,
 * and never blocks. Thread-safe.
 */
@FunctionalInterface
public interface KeyFunction {

    /**
     * Works out the key.
     *
     * @param call the call that wants to enter
     * @return the key, which counts by its text; {@code null} for none: such calls share one limit
     * @throws Exception if there is no telling; the call is refused then, and the exception is the refusal's cause
     */
    @Nullable
    Object keyOf(Call call) throws Exception;
}
