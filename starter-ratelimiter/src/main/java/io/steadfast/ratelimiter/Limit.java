package io.steadfast.ratelimiter;

import java.util.Map;

import io.steadfast.core.Call;
import io.steadfast.core.Permit;
import org.jspecify.annotations.Nullable;

/** Where permits are counted: in this process, or in a store. Thread-safe. */
interface Limit {

    /**
     * Takes permits. Never blocks.
     *
     * @param key whose limit it is; {@code null} for that of all calls without a key
     * @param permits how many, at least 1
     * @return the permit, or a {@link io.steadfast.core.Reservation} of one that is not due yet
     * @throws io.steadfast.core.RateLimitedException if they are not to be had within the time that a call may wait
     */
    Permit acquire(Call call, @Nullable String key, int permits);

    /** Goes by the settings of the policy that takes over, with all that has been counted. */
    void goBy(LimiterConfig next);

    /** Forgets all keys: each has a full limit again. */
    void forgetKeys();

    /** Adds what an operator would like to know. */
    void describe(Map<String, Object> snapshot);
}
