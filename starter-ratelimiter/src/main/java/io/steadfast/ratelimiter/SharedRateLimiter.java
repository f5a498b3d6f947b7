package io.steadfast.ratelimiter;

import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;

/**
 * Makes rate limiters whose permits are counted in a store, for all processes together.
 *
 * <pre>{@code
 * RateLimiterPolicy limiter = SharedRateLimiter.of("geocoder", config, SharedLimitConfig.defaults(), redis);
 * }</pre>
 */
public final class SharedRateLimiter {

    private SharedRateLimiter() {}

    /**
     * A limiter for use without Spring, with the JVM's clock and nobody listening.
     *
     * @param name the instance's name, and that of the limit in the store
     * @param config the settings
     * @param shared the settings that only shared limits have
     * @param store where permits are counted
     * @return the limiter; nothing is sent before its first call
     * @throws io.steadfast.core.InvalidSettingsException if the settings contradict each other
     */
    public static RateLimiterPolicy of(
            String name, LimiterConfig config, SharedLimitConfig shared, SharedLimits store) {
        PolicyId id = new PolicyId(RateLimiterPolicy.KIND, name);
        SharedLimit limit = store.limit(name, shared.bandwidths(config), shared.storeTimeout());
        return of(id, config, shared, limit, PolicyRuntime.system());
    }

    /**
     * A limiter.
     *
     * @param id kind and instance name
     * @param config the settings
     * @param shared the settings that only shared limits have
     * @param limit the limit in the store
     * @param runtime clock, timer and listener
     * @return the limiter
     */
    public static RateLimiterPolicy of(
            PolicyId id, LimiterConfig config, SharedLimitConfig shared, SharedLimit limit, PolicyRuntime runtime) {
        Limit standIn = new LocalLimit(id.instance(), config, runtime);
        return new RateLimiterPolicy(id, config, new StoreBackedLimit(id, config, shared, limit, standIn, runtime));
    }

    /**
     * The limiter that takes the place of one of the same scope when settings have changed. The two know the same of the store,
     * and have the same limit of this process to stand in for it. Nothing changes before {@link RateLimiterPolicy#takeOver}.
     *
     * @param before the limiter that is in force, made by this class
     * @param config the settings from then on
     * @param shared the settings that only shared limits have
     * @param limit the limit in the store, in general under the same name
     * @return the limiter, of the same kind and instance
     * @throws IllegalArgumentException if the other counts in this process
     */
    public static RateLimiterPolicy successor(
            RateLimiterPolicy before, LimiterConfig config, SharedLimitConfig shared, SharedLimit limit) {
        if (before.limit() instanceof StoreBackedLimit known) {
            return new RateLimiterPolicy(before.id(), config, known.successor(config, shared, limit));
        }
        throw new IllegalArgumentException(
                before.id() + " counts in this process and has nothing in a store to go on with");
    }
}
