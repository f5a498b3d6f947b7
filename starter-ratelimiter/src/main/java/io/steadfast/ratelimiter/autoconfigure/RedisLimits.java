package io.steadfast.ratelimiter.autoconfigure;

import java.time.Duration;
import java.util.List;

import io.steadfast.core.PolicyRuntime;
import io.steadfast.ratelimiter.Bandwidth;
import io.steadfast.ratelimiter.SharedLimit;
import io.steadfast.ratelimiter.SharedLimits;
import io.steadfast.ratelimiter.redis.RedisSharedLimits;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;

/**
 * Limits in the application's Redis. The connection is opened in the background once all beans are there, if there is a limit
 * at all: a Redis that is down neither stops nor delays the start. It is closed after the web server, and before the client.
 */
final class RedisLimits implements SharedLimits, SmartLifecycle, DisposableBean {

    private static final String PREFIX = "steadfast:rate-limiter:";

    private final RedisClients clients;

    private final RedisSharedLimits limits;

    private volatile boolean running;

    RedisLimits(RedisClients clients, PolicyRuntime runtime) {
        this.clients = clients;
        this.limits = new RedisSharedLimits(clients, PREFIX, runtime);
    }

    @Override
    public SharedLimit limit(String name, List<Bandwidth> bandwidths, Duration answerWithin) {
        clients.require();
        return limits.limit(name, bandwidths, answerWithin);
    }

    @Override
    public void start() {
        running = true;
        limits.warmUp();
    }

    @Override
    public void stop() {
        running = false;
        limits.disconnect();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Next to that of Spring Data's connection factory, which makes the client and shuts it down. */
    @Override
    public int getPhase() {
        return 1;
    }

    @Override
    public void destroy() {
        limits.close();
    }
}
