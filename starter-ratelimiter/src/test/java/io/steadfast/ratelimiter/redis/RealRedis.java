package io.steadfast.ratelimiter.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import redis.embedded.RedisServer;

/** A Redis server of the test's own, on a port of its own, that can be killed and started again. */
public final class RealRedis implements AutoCloseable {

    private final int port;

    private RedisServer server;

    private RealRedis(int port) {
        this.port = port;
    }

    public static RealRedis start() {
        RealRedis redis = new RealRedis(freePort());
        redis.restart();
        return redis;
    }

    /** A server that is not there yet. */
    public static RealRedis absent() {
        return new RealRedis(freePort());
    }

    public void restart() {
        start("cluster-enabled no");
    }

    /** Starts it as a cluster of one node, which has yet to be given its slots. */
    public void startAsCluster(Path nodes) {
        start("cluster-enabled yes\ncluster-config-file " + nodes);
    }

    private void start(String more) {
        try {
            server = RedisServer.newRedisServer()
                    .port(port)
                    .bind("127.0.0.1")
                    .setting("save \"\"")
                    .setting("appendonly no")
                    .setting("maxmemory 64mb")
                    .setting(more)
                    .onShutdownForceStop(true)
                    .build();
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void kill() {
        try {
            if (server != null) {
                server.stop();
                server = null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    /** A client that does not connect before it is used. */
    public RedisClient client() {
        return client(port);
    }

    public static RedisClient client(int port) {
        RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", port));
        client.setOptions(ClientOptions.builder().build());
        return client;
    }

    /** What Redis's own clock says, in nanoseconds. */
    public static long nanos(RedisCommands<String, String> redis) {
        var time = redis.time();
        return Long.parseLong(time.get(0)) * 1_000_000_000 + Long.parseLong(time.get(1)) * 1_000;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // A cluster uses the port 10000 above, too.
            return socket.getLocalPort() <= 55_535 ? socket.getLocalPort() : freePort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
