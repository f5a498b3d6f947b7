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
        return new RateLimiterPolicy(id, new StoreBackedLimit(id, config, shared, limit, standIn, runtime));
    }
}
