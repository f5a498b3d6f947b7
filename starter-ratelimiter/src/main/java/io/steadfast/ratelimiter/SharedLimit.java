package io.steadfast.ratelimiter;

import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/** A limit that lives outside this process. Thread-safe. */
public interface SharedLimit {

    /**
     * Takes permits, or reserves them. Never blocks.
     *
     * @param key whose limit it is; {@code null} for that of all calls without a key
     * @param permits how many, at least 1
     * @param maxWaitNanos for how long the caller is ready to wait, in nanoseconds; 0 for not at all
     * @return completes with the nanoseconds to wait before the permits may be used, 0 for now: they are taken already; or
     *     with a negative number if they are not given: {@code -n} means that they would be there in {@code n} nanoseconds,
     *     which is longer than the caller is ready to wait, and {@link Long#MAX_VALUE} of them that they never will.
     *     Completes exceptionally if the store failed, or did not answer in time
     */
    CompletionStage<Long> take(@Nullable String key, int permits, long maxWaitNanos);

    /**
     * Gives back permits that were reserved and will not be used. Never blocks, and tells nobody if it fails: the permits are
     * spent then.
     *
     * @param key whose limit it is; {@code null} for that of all calls without a key
     * @param permits how many
     */
    default void giveBack(@Nullable String key, int permits) {}

    /**
     * How many permits calls without a key had left when the store was last asked.
     *
     * @return the number, never negative; empty if nobody knows
     */
    default OptionalLong available() {
        return OptionalLong.empty();
    }
}
