package io.steadfast.core;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * Follows {@link CompletionStage}s.
 *
 * @param <I> the invocation
 */
public interface StageTarget<I> extends AsyncTarget<I> {

    @Override
    default void follow(@Nullable Object returned, boolean fallback, Emission then) {
        if (returned instanceof CompletionStage<?> stage) {
            then.cancelledBy(() -> stage.toCompletableFuture().cancel(true));
            stage.whenComplete((result, failure) -> then.done(result, unwrap(failure)));
        } else if (fallback) {
            then.done(returned, null);
        } else {
            then.done(
                    null,
                    new IllegalStateException(
                            "The guarded method returned " + returned + " where a CompletionStage was expected"));
        }
    }

    @Override
    default boolean outlivesCancel() {
        return true;
    }

    /** Stages wrap the failures of those they depend on; policies and callers care for what really happened. */
    private static @Nullable Throwable unwrap(@Nullable Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** Runs something that makes a stage. */
    enum OfCallable implements StageTarget<Callable<?>> {
        /** The only value. */
        INSTANCE;

        @Override
        public @Nullable Object proceed(Callable<?> invocation) throws Exception {
            return invocation.call();
        }
    }
}
