package io.steadfast.ratelimiter.redis;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.remote.CommandResult;
import io.github.bucket4j.distributed.remote.RemoteCommand;
import io.github.bucket4j.distributed.remote.commands.AddTokensCommand;
import io.steadfast.core.time.Timer;
import io.steadfast.ratelimiter.SharedLimit;
import org.jspecify.annotations.Nullable;

/** One limit in Redis, with a bucket for each key. Remembers no key longer than a question about it is under way. */
final class RedisSharedLimit implements SharedLimit {

    private final BucketName name;

    private final BucketConfiguration settings;

    private final RedisLink link;

    private final Timer timer;

    private final Duration answerWithin;

    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();

    /** As it was when it was last asked about; a bucket that nobody has asked about is full. */
    private volatile long available;

    RedisSharedLimit(String name, BucketConfiguration settings, RedisLink link, Timer timer, Duration answerWithin) {
        this.name = new BucketName(name);
        this.settings = settings;
        this.link = link;
        this.timer = timer;
        this.answerWithin = answerWithin;
        this.available = Buckets.capacity(settings);
    }

    @Override
    public CompletionStage<Long> take(@Nullable String key, int permits, long maxWaitNanos) {
        TakeCommand command = new TakeCommand(settings, permits, maxWaitNanos);
        return send(name.of(key), command).thenApply(result -> {
            Long wait = result.getData();
            if (key == null) {
                available = command.available();
            }
            return wait;
        });
    }

    @Override
    public void giveBack(@Nullable String key, int permits) {
        send(name.of(key), new AddTokensCommand(permits)); // a bucket that has expired in between is full anyway
    }

    @Override
    public OptionalLong available() {
        return OptionalLong.of(available);
    }

    /** How many buckets are being asked about. */
    int lanesInUse() {
        return lanes.size();
    }

    /** Asks without taking anything. */
    void warmUp() {
        take(null, 1, -1);
    }

    private <T> CompletableFuture<CommandResult<T>> send(String bucket, RemoteCommand<T> command) {
        Lane lane = lanes.compute(bucket, (any, known) -> (known == null ? lane(bucket) : known).entered());
        return lane.execute(command)
                .whenComplete((result, failure) ->
                        lanes.computeIfPresent(bucket, (any, known) -> known.left() ? known : null));
    }

    private Lane lane(String bucket) {
        return new Lane(new Conversations(link, BucketName.bytes(bucket), timer, answerWithin));
    }
}
