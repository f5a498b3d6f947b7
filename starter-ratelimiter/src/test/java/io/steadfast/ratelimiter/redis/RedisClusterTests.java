package io.steadfast.ratelimiter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.ratelimiter.Bandwidth;
import io.steadfast.ratelimiter.SharedLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Buckets in a cluster, if only of one node. */
class RedisClusterTests {

    private static final Duration A_LONG_TIME = Duration.ofSeconds(15);

    @TempDir
    private Path directory;

    @Test
    void whenTheClientIsOneOfAClusters_thenLimitsAreSharedThroughIt() {
        try (RealRedis redis = RealRedis.absent()) {
            redis.startAsCluster(directory.resolve("nodes.conf"));
            giveAllSlots(redis);
            RedisClusterClient client = RedisClusterClient.create(RedisURI.create("127.0.0.1", redis.port()));
            try (RedisSharedLimits limits = new RedisSharedLimits(() -> client, "test:", PolicyRuntime.system())) {
                SharedLimit limit = limits.limit("orders", List.of(new Bandwidth(2, Duration.ofHours(1))), A_LONG_TIME);

                for (String key : List.of("ann", "bob", "{eve}")) {
                    assertThat(take(limit, key)).isZero();
                    assertThat(take(limit, key)).isZero();
                    assertThat(take(limit, key)).isNegative();
                }
            } finally {
                client.shutdown(0, 1, TimeUnit.SECONDS);
            }
        }
    }

    private static void giveAllSlots(RealRedis redis) {
        RedisClient client = redis.client();
        try (StatefulRedisConnection<String, String> admin = client.connect()) {
            admin.sync().clusterAddSlots(IntStream.range(0, 16_384).toArray());
            await().atMost(A_LONG_TIME).until(() -> admin.sync().clusterInfo().contains("cluster_state:ok"));
        } finally {
            client.shutdown(0, 1, TimeUnit.SECONDS);
        }
    }

    private static long take(SharedLimit limit, String key) {
        return limit.take(key, 1, 0)
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }
}
