package io.steadfast.core;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/** What the caller of a guarded stage holds. Cancelling it cancels the work, a pending retry included. */
final class GuardedFuture extends CompletableFuture<@Nullable Object> implements Completion {

    private final AsyncCall call;

    GuardedFuture(AsyncCall call) {
        this.call = call;
    }

    @Override
    public void done(@Nullable Object result, @Nullable Throwable failure) {
        if (failure == null) {
            complete(result);
        } else if (call.isCancellation(failure)) {
            super.cancel(true);
        } else {
            completeExceptionally(failure);
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (!isDone()) {
            call.cancel();
        }
        return isCancelled();
    }

    /** Dependents are ordinary futures: cancelling one of them does not cancel this one. */
    @Override
    public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }
}
