package io.steadfast.fallback;

import io.steadfast.core.Call;
import org.jspecify.annotations.Nullable;

/** Makes the answer that is given instead of a failure. Implementations are thread-safe. */
@FunctionalInterface
public interface Substitute {

    /**
     * Answers.
     *
     * @param call the call that failed, with what its caller passed
     * @param failure why it failed
     * @return the answer; for a stage or a publisher, one of the same kind or a plain value
     * @throws Exception if there is no answer either; the caller gets this failure, with the first one suppressed in it
     */
    @Nullable
    Object answer(Call call, Throwable failure) throws Exception;

    /**
     * Whether there is an answer for this kind of failure. If not, the failure stands and no fallback is counted.
     *
     * @param failure the failure
     * @return {@code true} unless overridden
     */
    default boolean suits(Throwable failure) {
        return true;
    }

    /**
     * Whether the answer is meant for what callers do wrong, too. Without this, or an {@code exceptions} list, such a failure stands:
     * a request that the target rightly refuses is for its caller to mend.
     *
     * @param failure a failure that is the caller's own doing
     * @return {@code false} unless overridden
     */
    default boolean suitsCallersOwn(Throwable failure) {
        return false;
    }
}
