package io.steadfast.ratelimiter.redis;

import java.util.concurrent.CompletableFuture;

import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.github.bucket4j.redis.lettuce.RedisApi;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.codec.ByteArrayCodec;

/**
 * An open connection to Redis, be it one server, a set of servers with sentinels, or a cluster.
 *
 * @param connection the connection
 * @param commands what Bucket4j, and we, send over it
 */
record RedisNode(StatefulConnection<byte[], byte[]> connection, RedisApi<byte[]> commands) {

    /**
     * Connects. Blocks.
     *
     * @throws io.lettuce.core.RedisException if that fails
     */
    static RedisNode connect(AbstractRedisClient client) {
        if (client instanceof RedisClient single) {
            StatefulRedisConnection<byte[], byte[]> connection = single.connect(ByteArrayCodec.INSTANCE);
            return new RedisNode(
                    connection, Bucket4jLettuce.casBasedBuilder(connection).getRedisApi());
        }
        if (client instanceof RedisClusterClient cluster) {
            StatefulRedisClusterConnection<byte[], byte[]> connection = cluster.connect(ByteArrayCodec.INSTANCE);
            return new RedisNode(
                    connection, Bucket4jLettuce.casBasedBuilder(connection).getRedisApi());
        }
        throw new IllegalStateException("a " + client.getClass().getName()
                + " cannot be used: it is neither a RedisClient nor a RedisClusterClient");
    }

    boolean isOpen() {
        return connection.isOpen();
    }

    /** A connection that its client has closed already must be left alone: Lettuce warns of those who close it again. */
    CompletableFuture<Void> close() {
        boolean closed = connection instanceof RedisChannelHandler<?, ?> handler && handler.isClosed();
        return closed ? CompletableFuture.completedFuture(null) : connection.closeAsync();
    }
}
