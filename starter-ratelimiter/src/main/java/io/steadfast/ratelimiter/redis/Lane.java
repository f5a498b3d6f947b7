package io.steadfast.ratelimiter.redis;

import java.util.concurrent.CompletableFuture;

import io.github.bucket4j.distributed.proxy.AsyncCommandExecutor;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import io.github.bucket4j.distributed.remote.CommandResult;
import io.github.bucket4j.distributed.remote.RemoteCommand;

/**
 * Questions of this process about one bucket, one conversation at a time: those that come while one is under way go together in
 * the next. Otherwise all would read the same state, and all but one of them would write in vain.
 */
final class Lane {

    private final AsyncCommandExecutor batches;

    private int users;

    /**
     * A lane nobody uses.
     *
     * @param oneByOne holds a conversation; must not throw, or the lane is blocked for ever
     */
    Lane(AsyncCommandExecutor oneByOne) {
        this.batches = Optimizations.batching().apply(oneByOne);
    }

    <T> CompletableFuture<CommandResult<T>> execute(RemoteCommand<T> command) {
        return batches.executeAsync(command);
    }

    /** To be called by one thread at a time. */
    Lane entered() {
        users++;
        return this;
    }

    /** To be called by one thread at a time; whether somebody still uses the lane. */
    boolean left() {
        return --users > 0;
    }
}
