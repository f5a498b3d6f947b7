package io.steadfast.ratelimiter.redis;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

import io.github.bucket4j.distributed.proxy.AsyncCommandExecutor;
import io.github.bucket4j.distributed.remote.CommandResult;
import io.github.bucket4j.distributed.remote.RemoteCommand;
import io.github.bucket4j.distributed.remote.Request;
import io.github.bucket4j.distributed.versioning.Versions;
import io.steadfast.core.SettingsCheck;
import io.steadfast.core.time.Alarm;
import io.steadfast.core.time.Timer;

/** Conversations with Redis about one bucket, each bounded in time, whatever becomes of the connection. Never throws. */
record Conversations(RedisLink link, byte[] bucket, Timer timer, Duration answerWithin)
        implements AsyncCommandExecutor {

    @Override
    public <T> CompletableFuture<CommandResult<T>> executeAsync(RemoteCommand<T> command) {
        CompletableFuture<CommandResult<T>> conversation = new CompletableFuture<>();
        try {
            begin(command, conversation);
        } catch (Throwable failure) {
            conversation.completeExceptionally(failure);
        }
        return conversation;
    }

    private <T> void begin(RemoteCommand<T> command, CompletableFuture<CommandResult<T>> conversation) {
        bound(conversation);
        CompletableFuture<RedisNode> node = link.node();
        conversation.whenComplete((result, failure) -> {
            if (failure != null) {
                link.distrust(node);
            }
        });
        Request<T> request = new Request<>(command, Versions.getLatest(), null, null);
        node.thenCompose(redis -> RedisBucket.on(redis, conversation).executeAsync(bucket, request))
                .whenComplete((result, failure) -> {
                    if (failure == null) {
                        conversation.complete(result);
                    } else {
                        conversation.completeExceptionally(failure);
                    }
                });
    }

    /** By an alarm, because it is taken back on the client's event loop, where a timer's lock has no business. */
    private void bound(CompletableFuture<?> conversation) {
        Runnable tooSlow = () -> conversation.completeExceptionally(
                new TimeoutException("no answer within " + SettingsCheck.text(answerWithin)));
        Alarm alarm = timer.alarm(() -> timer.schedule(tooSlow, 0));
        alarm.set(answerWithin.toNanos());
        conversation.whenComplete((result, failure) -> {
            alarm.clear();
            alarm.release();
        });
    }
}
