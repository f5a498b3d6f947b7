package io.steadfast.ratelimiter;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.steadfast.core.Call;
import io.steadfast.core.Gate;
import io.steadfast.core.Permit;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.RateLimitedException;
import io.steadfast.core.Steerable;
import io.steadfast.core.Steering;
import org.jspecify.annotations.Nullable;

/**
 * A rate limiter: a call takes its permits from those of the present period; if they are used up, it waits for a later
 * period, or is refused.
 *
 * <pre>{@code
 * RateLimiterPolicy limiter = RateLimiterPolicy.of("geocoder", LimiterConfig.builder().limitForPeriod(10).build());
 * Pipeline geocoder = Pipeline.of("geocoder", limiter);
 * Place place = geocoder.call(() -> client.find(address));
 * }</pre>
 *
 * <p>How many permits a call takes, and which key it has, is said by its {@link RateLimiterUse}. What has been taken is spent,
 * however the call ends.
 *
 * <p>Thread-safe. Goes by the call's own reading of the clock.
 */
public final class RateLimiterPolicy implements Gate, Steerable {

    /** The kind of policy, as in the properties. */
    public static final String KIND = "rate-limiter";

    private final PolicyId id;

    private final LimiterConfig config;

    private final Limit limit;

    /**
     * A limiter of this process, which resilience4j's own tools do not see.
     *
     * @param id kind and instance name
     * @param config the settings
     * @param runtime clock, timer and listener
     */
    public RateLimiterPolicy(PolicyId id, LimiterConfig config, PolicyRuntime runtime) {
        this(id, config, new LocalLimit(id.instance(), config, runtime));
    }

    /**
     * A limiter of this process that is in a registry, for resilience4j's own tools to see.
     *
     * @param id kind and instance name
     * @param config the settings
     * @param runtime clock, timer and listener
     * @param registry where to put it, under the instance's name
     * @throws IllegalStateException if the registry already holds a limiter of that name, made by somebody else
     */
    public RateLimiterPolicy(PolicyId id, LimiterConfig config, PolicyRuntime runtime, RateLimiterRegistry registry) {
        this(id, config, runtime);
        showIn(registry, runtime);
    }

    RateLimiterPolicy(PolicyId id, LimiterConfig config, Limit limit) {
        this.id = id;
        this.config = config;
        this.limit = limit;
    }

    /**
     * A limiter for use without Spring, with the JVM's clock and nobody listening.
     *
     * @param name the instance's name
     * @param config the settings
     * @return the limiter, with all permits of its first period
     */
    public static RateLimiterPolicy of(String name, LimiterConfig config) {
        return new RateLimiterPolicy(new PolicyId(KIND, name), config, PolicyRuntime.system());
    }

    /**
     * Puts the limiter into a registry, for resilience4j's own tools to see. Only for one that counts in this process.
     *
     * @param registry where to put it, under the instance's name
     * @param runtime the timer, for who takes permits there and waits
     * @throws IllegalStateException if the registry already holds a limiter of that name, made by somebody else, or this one counts
     *     in a store
     */
    public void showIn(RateLimiterRegistry registry, PolicyRuntime runtime) {
        RegistryLimiter.register(registry, id.instance(), config, local(), runtime.timer());
    }

    /**
     * The limiter that takes this one's place when settings have changed. The two have the same permits and the same waiting calls,
     * and are one in resilience4j's registry. Nothing changes before {@link #takeOver}. For a limiter that counts in a store see
     * {@link SharedRateLimiter#successor}.
     *
     * @param next the settings from then on
     * @return the limiter, of the same kind and instance
     * @throws IllegalStateException if this one counts in a store
     */
    public RateLimiterPolicy successor(LimiterConfig next) {
        return new RateLimiterPolicy(id, next, local());
    }

    /**
     * Puts this limiter's settings in force. To be run once, as a successor takes its place. What has been taken of the present
     * period stays taken, up to the new limit; calls that wait go on, and what they wait for is spent. Keys are kept if as many of
     * them are told apart as before.
     */
    public void takeOver() {
        limit.goBy(config);
    }

    /** Forgets the keys that are counted in this process: each has a full limit again. */
    public void forgetKeys() {
        limit.forgetKeys();
    }

    /**
     * What this policy goes by.
     *
     * @return the configuration
     */
    public LimiterConfig config() {
        return config;
    }

    /** A reset makes the limit of this process full again. What is counted in a store is the business of all who share it. */
    @Override
    public Set<Steering> steerings() {
        return limit instanceof LocalLimit ? Set.of(Steering.RESET) : Set.of();
    }

    @Override
    public void steer(Steering steering) {
        if (steering != Steering.RESET) {
            throw new IllegalArgumentException(id + " knows no " + steering);
        }
        local().refill();
    }

    Limit limit() {
        return limit;
    }

    private LocalLimit local() {
        if (limit instanceof LocalLimit local) {
            return local;
        }
        throw new IllegalStateException(id + " counts in a store");
    }

    @Override
    public PolicyId id() {
        return id;
    }

    /**
     * Asks for permits.
     *
     * @return the permit; a {@link io.steadfast.core.Reservation} if it is due later, within the time that a call may wait
     * @throws RateLimitedException if the call would have to wait longer than it may; its {@code retryAfter} is the time after
     *     which the same call will be let in, provided that no other comes first. Also if the call's key could not be worked
     *     out
     */
    @Override
    public Permit acquire(Call call) {
        RateLimiterUse use = call.trait(RateLimiterUse.class);
        return use == null ? limit.acquire(call, null, 1) : limit.acquire(call, key(use, call), use.permits());
    }

    /** A failed key is a refusal and no failure: what a caller passes must not open the target's circuit breaker. */
    private static @Nullable String key(RateLimiterUse use, Call call) {
        KeyFunction function = use.key();
        if (function == null) {
            return null;
        }
        try {
            Object key = function.keyOf(call);
            return key == null ? null : KeyText.of(key);
        } catch (Exception | StackOverflowError failure) { // a list that contains itself, say
            RateLimitedException refusal = new RateLimitedException(
                    call.name(), null, "the key of its rate limit could not be worked out: " + failure.getMessage());
            refusal.initCause(failure);
            throw refusal;
        }
    }

    /**
     * The state: {@code available} permits of this period, never less than 0, out of the {@code limit} in force, and {@code
     * waiting} calls; for calls with keys the number of {@code keys} in use and of {@code used-up-keys}, which have no permit
     * left. {@code available} is about calls without a key.
     */
    @Override
    public Map<String, Object> snapshot() {
        Map<String, Object> snapshot = new LinkedHashMap<>();
        limit.describe(snapshot);
        return snapshot;
    }
}
