package io.steadfast.ratelimiter.redis;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.lettuce.core.AbstractRedisClient;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.ratelimiter.Bandwidth;
import io.steadfast.ratelimiter.SharedLimit;
import io.steadfast.ratelimiter.SharedLimits;

/**
 * Limits kept in Redis by <a href="https://bucket4j.com">Bucket4j</a>: a token bucket under one key for each limit, and for each
 * key of a limiter that has keys. A bucket nobody asks for expires once it would be full again.
 *
 * <p>All limits use one connection, which is opened when it is first needed, in the background, and opened anew when it fails.
 * The clock that counts is that of Redis, so the processes need not agree on the time. Thread-safe.
 */
public final class RedisSharedLimits implements SharedLimits, AutoCloseable {

    private final String prefix;

    private final RedisLink link;

    private final PolicyRuntime runtime;

    /** The latest of each name: settings change while calls go on. */
    private final Map<String, RedisSharedLimit> limits = new ConcurrentHashMap<>();

    /**
     * Limits of one application.
     *
     * @param client where to get the client ({@code RedisClient} or {@code RedisClusterClient}), asked for anew whenever a
     *     connection is opened, on a thread that may block; stays open when this is closed
     * @param prefix what the keys in Redis begin with
     * @param runtime clock and timer
     */
    public RedisSharedLimits(Supplier<? extends AbstractRedisClient> client, String prefix, PolicyRuntime runtime) {
        this.prefix = prefix;
        this.runtime = runtime;
        this.link = new RedisLink(client, runtime);
    }

    @Override
    public SharedLimit limit(String name, List<Bandwidth> bandwidths, Duration answerWithin) {
        RedisSharedLimit limit =
                new RedisSharedLimit(prefix + name, Buckets.of(bandwidths), link, runtime.timer(), answerWithin);
        limits.put(name, limit);
        return limit;
    }

    /** Opens the connection in the background, so that the first call need not wait for it. Does nothing without limits. */
    public void warmUp() {
        limits.values().forEach(RedisSharedLimit::warmUp);
    }

    /** Closes the connection; the next call opens another. Waits for at most a second. */
    public void disconnect() {
        link.disconnect();
    }

    /** Closes the connection. Limits fail from now on. Waits for at most a second. */
    @Override
    public void close() {
        link.close();
    }
}
