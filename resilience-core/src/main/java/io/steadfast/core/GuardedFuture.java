package io.steadfast.core;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/** What the caller of a guarded stage holds. Ending it in any way cancels the work, a wait or a pending retry included. */
final class GuardedFuture extends CompletableFuture<@Nullable Object> implements Completion {

    private final AsyncCall call;

    GuardedFuture(AsyncCall call) {
        this.call = call;
    }

    @Override
    public void done(@Nullable Object result, @Nullable Throwable failure) {
        if (failure == null) {
            super.complete(result);
        } else if (call.isCancellation(failure)) {
            super.cancel(true);
        } else {
            super.completeExceptionally(failure);
        }
    }

    /** Who answers in the call's place, as {@link #completeOnTimeout} does, has given it up. */
    @Override
    public boolean complete(@Nullable Object value) {
        return super.complete(value) && givenUp();
    }

    /** Who ends it in the call's place, as {@link #orTimeout} does, has given it up. */
    @Override
    public boolean completeExceptionally(Throwable failure) {
        return super.completeExceptionally(failure) && givenUp();
    }

    private boolean givenUp() {
        call.cancel();
        return true;
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
