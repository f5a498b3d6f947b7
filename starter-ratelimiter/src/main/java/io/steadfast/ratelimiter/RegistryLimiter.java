package io.steadfast.ratelimiter;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.steadfast.core.Call;
import io.steadfast.core.Permit;
import io.steadfast.core.RateLimitedException;
import io.steadfast.core.Reservation;
import io.steadfast.core.time.Timer;
import org.jspecify.annotations.Nullable;

/**
 * A limit of ours as resilience4j's type, for its registry and all that reads it. Who takes permits here takes them from the
 * calls without a key; who changes the settings changes them for all calls.
 */
final class RegistryLimiter implements RateLimiter {

    private static final AtomicReferenceFieldUpdater<RegistryLimiter, RateLimiterConfig> CONFIG =
            AtomicReferenceFieldUpdater.newUpdater(RegistryLimiter.class, RateLimiterConfig.class, "config");

    private final String name;

    private final LocalLimit limit;

    private final Timer timer;

    private final Map<String, String> tags;

    private volatile RateLimiterConfig config;

    /** Stands for whoever takes permits without a call. */
    private final Call anyCall;

    private RegistryLimiter(
            String name, LocalLimit limit, Timer timer, RateLimiterConfig config, Map<String, String> tags) {
        this.name = name;
        this.limit = limit;
        this.timer = timer;
        this.tags = tags;
        this.config = config;
        this.anyCall = Call.of(name);
    }

    /**
     * Puts a limit into a registry. That can only make limiters of its own, so it makes one, for the name and the tags, which
     * ours then replaces; whoever follows the registry's events is told of both.
     *
     * @throws IllegalStateException if the registry holds a limiter of that name made by somebody else: there would be two
     *     limits, and changes made to that one would do nothing here
     */
    static void register(
            RateLimiterRegistry registry, String name, LimiterConfig settings, LocalLimit limit, Timer timer) {
        RateLimiterConfig config = translate(settings);
        RateLimiter made = registry.rateLimiter(name, config);
        if (made.getRateLimiterConfig() != config) {
            throw new IllegalStateException("The RateLimiterRegistry already holds a rate limiter named '" + name
                    + "' with settings of its own, so there would be two limits of that name");
        }
        RegistryLimiter ours = new RegistryLimiter(name, limit, timer, config, made.getTags());
        registry.replace(name, ours);
        limit.showAs(ours);
    }

    private static RateLimiterConfig translate(LimiterConfig settings) {
        return RateLimiterConfig.custom()
                .limitForPeriod(settings.limitForPeriod())
                .limitRefreshPeriod(settings.limitRefreshPeriod())
                .timeoutDuration(settings.timeoutDuration())
                .writableStackTraceEnabled(false)
                .build();
    }

    /** Shows other settings, which are in force already. */
    void show(LimiterConfig settings) {
        config = translate(settings);
    }

    @Override
    public void changeTimeoutDuration(Duration timeout) {
        CONFIG.updateAndGet(
                this,
                before ->
                        RateLimiterConfig.from(before).timeoutDuration(timeout).build());
        limit.terms().changeTimeout(timeout);
    }

    @Override
    public void changeLimitForPeriod(int permits) {
        CONFIG.updateAndGet(
                this,
                before -> RateLimiterConfig.from(before).limitForPeriod(permits).build());
        limit.changeLimit(permits);
    }

    /** Blocks if it has to, as the interface says; the policy never comes here. A refusal does not wait for the timeout first. */
    @Override
    public boolean acquirePermission(int permits) {
        Permit permit = take(permits);
        if (permit instanceof Reservation turn) {
            try {
                timer.sleep(turn.waitNanos());
            } catch (InterruptedException interrupt) {
                turn.withdraw(anyCall);
                Thread.currentThread().interrupt();
                return false;
            }
            turn.claim(anyCall);
        }
        return permit != null;
    }

    @Override
    public long reservePermission(int permits) {
        Permit permit = take(permits);
        if (permit instanceof Reservation turn) {
            turn.claim(anyCall); // nobody will tell how the wait ends
            return turn.waitNanos();
        }
        return permit == null ? -1 : 0;
    }

    private @Nullable Permit take(int permits) {
        if (permits < 0) {
            throw new IllegalArgumentException("Permits must not be negative, but are " + permits);
        }
        try {
            return limit.acquire(anyCall, null, permits);
        } catch (RateLimitedException refusal) {
            return null;
        }
    }

    @Override
    public void drainPermissions() {
        limit.drain();
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public RateLimiterConfig getRateLimiterConfig() {
        return config;
    }

    @Override
    public Map<String, String> getTags() {
        return tags;
    }

    /** As the interface says, permissions are below zero if some of later periods are reserved. */
    @Override
    public Metrics getMetrics() {
        return new Metrics() {
            @Override
            public int getNumberOfWaitingThreads() {
                return limit.waiting();
            }

            @Override
            public int getAvailablePermissions() {
                return (int) Math.max(Integer.MIN_VALUE, limit.available());
            }
        };
    }

    @Override
    public EventPublisher getEventPublisher() {
        return limit.announcements();
    }

    @Override
    public String toString() {
        return "RateLimiter '" + name + "' of Steadfast";
    }
}
