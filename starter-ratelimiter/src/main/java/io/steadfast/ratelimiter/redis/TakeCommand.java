package io.steadfast.ratelimiter.redis;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.BucketState;
import io.github.bucket4j.MathType;
import io.github.bucket4j.TokensInheritanceStrategy;
import io.github.bucket4j.distributed.remote.CommandResult;
import io.github.bucket4j.distributed.remote.MutableBucketEntry;
import io.github.bucket4j.distributed.remote.RemoteBucketState;
import io.github.bucket4j.distributed.remote.RemoteCommand;
import io.github.bucket4j.distributed.remote.RemoteStat;
import io.github.bucket4j.distributed.serialization.PrimitiveSerializationHandles;
import io.github.bucket4j.distributed.serialization.SerializationHandle;
import io.github.bucket4j.distributed.versioning.Version;
import io.github.bucket4j.distributed.versioning.Versions;

/**
 * Takes permits out of a bucket, or reserves them, in one step: what Bucket4j's own commands do in three (make the bucket or
 * change its settings; reserve; say how long to wait). It runs in this process on the state that was read, and counts if that
 * state has not changed when the new one is written; else it runs again.
 *
 * <p>A bucket made with other settings gets these, and keeps what has been used of it. So during a roll-out the limit is that
 * of whoever asked last: never more than the larger one, and never a fresh bucket.
 */
final class TakeCommand implements RemoteCommand<Long> {

    private final BucketConfiguration settings;

    private final int permits;

    private final long maxWaitNanos;

    private long available;

    TakeCommand(BucketConfiguration settings, int permits, long maxWaitNanos) {
        this.settings = settings;
        this.permits = permits;
        this.maxWaitNanos = maxWaitNanos;
    }

    /** What was left in the bucket after the last run. */
    long available() {
        return available;
    }

    /** The wait, as {@link io.steadfast.ratelimiter.SharedLimit#take} answers it. */
    @Override
    public CommandResult<Long> execute(MutableBucketEntry entry, long now) {
        RemoteBucketState bucket = bucket(entry, now);
        bucket.refillAllBandwidth(now);
        long wait = wait(bucket, now);
        boolean given = wait <= maxWaitNanos && wait < Long.MAX_VALUE;
        if (given) {
            bucket.consume(permits);
            entry.set(bucket);
        }
        available = Math.max(0, bucket.getAvailableTokens());
        return CommandResult.success(given ? wait : -wait, PrimitiveSerializationHandles.LONG_HANDLE);
    }

    /** Bucket4j cuts off what is less than a nanosecond, which may be too early. */
    private long wait(RemoteBucketState bucket, long now) {
        if (permits <= bucket.getAvailableTokens()) {
            return 0;
        }
        long wait = bucket.calculateDelayNanosAfterWillBePossibleToConsume(permits, now, true);
        if (wait >= Long.MAX_VALUE - now) {
            return wait;
        }
        RemoteBucketState then = bucket.copy();
        then.refillAllBandwidth(now + wait);
        return permits <= then.getAvailableTokens() ? wait : wait + 1;
    }

    private RemoteBucketState bucket(MutableBucketEntry entry, long now) {
        if (!entry.exists()) {
            BucketState full = BucketState.createInitialState(settings, MathType.INTEGER_64_BITS, now);
            return new RemoteBucketState(full, new RemoteStat(0), null);
        }
        RemoteBucketState bucket = entry.get();
        if (!settings.equals(bucket.getConfiguration())) {
            bucket.refillAllBandwidth(now);
            bucket.replaceConfiguration(settings, TokensInheritanceStrategy.AS_IS, now);
            entry.set(bucket);
        }
        return bucket;
    }

    @Override
    public boolean isImmediateSyncRequired(long unsynchronizedTokens, long nanosSinceLastSync) {
        return true;
    }

    @Override
    public long estimateTokensToConsume() {
        return permits;
    }

    @Override
    public long getConsumedTokens(Long wait) {
        return wait >= 0 ? permits : 0;
    }

    @Override
    public Version getRequiredVersion() {
        return Versions.v_7_0_0;
    }

    /** Only the bucket travels. */
    @Override
    public SerializationHandle<RemoteCommand<?>> getSerializationHandle() {
        throw new UnsupportedOperationException("Runs where it was made");
    }
}
