package io.steadfast.ratelimiter.redis;

import java.util.Arrays;
import java.util.List;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConfigurationBuilder;
import io.steadfast.ratelimiter.Bandwidth;

/** Our settings in Bucket4j's terms. */
final class Buckets {

    private Buckets() {}

    /**
     * A bucket that is full at first and refilled smoothly. The bandwidths have names, so that a change of settings finds what
     * has been used of each; without them Bucket4j would fill several up anew.
     */
    static BucketConfiguration of(List<Bandwidth> bandwidths) {
        ConfigurationBuilder builder = BucketConfiguration.builder();
        for (int i = 0; i < bandwidths.size(); i++) {
            Bandwidth bandwidth = bandwidths.get(i);
            String name = Integer.toString(i);
            builder.addLimit(limit -> limit.capacity(bandwidth.limit())
                    .refillGreedy(bandwidth.limit(), bandwidth.period())
                    .id(name));
        }
        return builder.build();
    }

    /** What is in a full bucket. */
    static long capacity(BucketConfiguration settings) {
        return Arrays.stream(settings.getBandwidths())
                .mapToLong(io.github.bucket4j.Bandwidth::getCapacity)
                .min()
                .orElse(0);
    }
}
