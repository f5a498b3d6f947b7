package io.steadfast.ratelimiter.redis;

import java.time.Duration;
import java.util.List;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.remote.MutableBucketEntry;
import io.github.bucket4j.distributed.versioning.Versions;
import io.steadfast.ratelimiter.Bandwidth;

/** A bucket as Redis keeps it, with a clock of its own: every question reads its bytes, and writes them if they have changed. */
public final class MemoryBucket {

    private final long start = Duration.ofDays(20_000).toNanos();

    private BucketConfiguration settings;

    private long now = start;

    private byte[] bytes;

    public MemoryBucket(Bandwidth... bandwidths) {
        change(bandwidths);
    }

    public void change(Bandwidth... bandwidths) {
        this.settings = Buckets.of(List.of(bandwidths));
    }

    public void pass(Duration time) {
        now += time.toNanos();
    }

    /** How long the bucket has been there. */
    public Duration age() {
        return Duration.ofNanos(now - start);
    }

    /** As {@link io.steadfast.ratelimiter.SharedLimit#take} answers. */
    public Duration take(int permits, Duration longestWait) {
        MutableBucketEntry entry = new MutableBucketEntry(bytes);
        long wait = new TakeCommand(settings, permits, longestWait.toNanos())
                .execute(entry, now)
                .getData();
        if (entry.isStateModified()) {
            bytes = entry.getStateBytes(Versions.getLatest());
        }
        return Duration.ofNanos(wait);
    }
}
