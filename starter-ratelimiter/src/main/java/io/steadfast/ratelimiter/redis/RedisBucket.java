package io.steadfast.ratelimiter.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.RetryDecision;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AsyncCompareAndSwapOperation;
import io.github.bucket4j.distributed.remote.RemoteBucketState;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.github.bucket4j.redis.lettuce.cas.LettuceBasedProxyManager;
import io.lettuce.core.ScriptOutputType;
import org.jspecify.annotations.Nullable;

/**
 * Bucket4j's way of changing a bucket in Redis (read it, work out the new state here, write that if nobody else has written in
 * between, else begin anew), for one conversation. Differs in the clock: the time comes from Redis together with the state,
 * so that clocks of processes that differ, or are set, make no permits.
 */
final class RedisBucket extends LettuceBasedProxyManager<byte[]> {

    private static final String READ = "return {redis.call('get', KEYS[1]), redis.call('time')}";

    /** How much longer than it takes to be full again a bucket is kept, so that no rounding makes a fuller one of it. */
    private static final Duration KEPT_LONGER = Duration.ofSeconds(1);

    private final RedisNode redis;

    private final RedisTime time;

    private final CompletableFuture<?> conversation;

    private RedisBucket(
            Bucket4jLettuce.LettuceBasedProxyManagerBuilder<byte[]> builder,
            RedisNode redis,
            RedisTime time,
            CompletableFuture<?> conversation) {
        super(builder);
        this.redis = redis;
        this.time = time;
        this.conversation = conversation;
    }

    /**
     * A conversation that has not begun.
     *
     * @param conversation once it is done, nothing more is written
     */
    static RedisBucket on(RedisNode redis, CompletableFuture<?> conversation) {
        RedisTime time = new RedisTime();
        Bucket4jLettuce.LettuceBasedProxyManagerBuilder<byte[]> builder =
                new Bucket4jLettuce.LettuceBasedProxyManagerBuilder<>(redis.commands())
                        .clientClock(time)
                        .expirationAfterWrite(
                                ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(KEPT_LONGER))
                        .retryStrategy(tries ->
                                conversation.isDone() ? RetryDecision.stop() : RetryDecision.retryImmediately());
        return new RedisBucket(builder, redis, time, conversation);
    }

    @Override
    protected AsyncCompareAndSwapOperation beginAsyncCompareAndSwapOperation(byte[] key) {
        AsyncCompareAndSwapOperation onTheirClock = super.beginAsyncCompareAndSwapOperation(key);
        return new AsyncCompareAndSwapOperation() {
            @Override
            public CompletableFuture<Optional<byte[]>> getStateData(Optional<Long> timeout) {
                return redis.commands()
                        .<List<@Nullable Object>>eval(READ, ScriptOutputType.MULTI, new byte[][] {key}, new byte[0][])
                        .toCompletableFuture()
                        .thenApply(reply -> {
                            time.set((List<?>) reply.get(1));
                            return Optional.ofNullable((byte[]) reply.get(0));
                        });
            }

            @Override
            public CompletableFuture<Boolean> compareAndSwap(
                    byte[] before, byte[] after, RemoteBucketState state, Optional<Long> timeout) {
                if (conversation.isDone()) {
                    return CompletableFuture.failedFuture(new IllegalStateException("nobody waits for the answer"));
                }
                return onTheirClock.compareAndSwap(before, after, state, timeout);
            }
        };
    }

    /** The time at which the state was read. */
    private static final class RedisTime implements TimeMeter {

        private static final long NANOS_PER_SECOND = 1_000_000_000;

        private volatile long nanos;

        /** Redis says it as two numbers in text: seconds since 1970, and microseconds. */
        void set(List<?> reply) {
            nanos = number(reply.get(0)) * NANOS_PER_SECOND + number(reply.get(1)) * 1000;
        }

        private static long number(Object text) {
            return Long.parseLong(new String((byte[]) text, StandardCharsets.US_ASCII));
        }

        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
