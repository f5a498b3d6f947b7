package io.steadfast.ratelimiter.autoconfigure;

import java.util.List;

import io.steadfast.core.InvalidSettingsException;
import io.steadfast.core.InvalidSettingsException.Problem;
import io.steadfast.ratelimiter.LimiterConfig;
import io.steadfast.ratelimiter.RateLimiter;
import io.steadfast.ratelimiter.RateLimiterPolicy;
import io.steadfast.ratelimiter.SharedLimit;
import io.steadfast.ratelimiter.SharedLimitConfig;
import io.steadfast.ratelimiter.SharedLimits;
import io.steadfast.ratelimiter.SharedRateLimiter;
import io.steadfast.ratelimiter.autoconfigure.RateLimiterProperties.Settings;
import io.steadfast.spring.PolicyRequest;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** Makes rate limiters that share their limit, with whatever store the application has. */
final class SharedLimiters {

    private SharedLimiters() {}

    /**
     * A limiter.
     *
     * @throws InvalidSettingsException if its settings make no sense, or there is no store
     */
    static RateLimiterPolicy create(PolicyRequest<RateLimiter, Settings> request, LimiterConfig config) {
        SharedLimitConfig shared = SharedSettings.read(request.settings());
        return SharedRateLimiter.of(request.id(), config, shared, limit(request, config, shared), request.runtime());
    }

    /**
     * A limiter that goes on with what another knows.
     *
     * @throws InvalidSettingsException if its settings make no sense, or there is no store
     */
    static RateLimiterPolicy succeed(
            PolicyRequest<RateLimiter, Settings> request, LimiterConfig config, RateLimiterPolicy before) {
        SharedLimitConfig shared = SharedSettings.read(request.settings());
        return SharedRateLimiter.successor(before, config, shared, limit(request, config, shared));
    }

    private static SharedLimit limit(
            PolicyRequest<RateLimiter, Settings> request, LimiterConfig config, SharedLimitConfig shared) {
        return store(request.beans()).limit(name(request), shared.bandwidths(config), shared.storeTimeout());
    }

    private static SharedLimits store(BeanFactory beans) {
        List<SharedLimits> stores =
                beans.getBeanProvider(SharedLimits.class).stream().toList();
        SharedLimits store = beans.getBeanProvider(SharedLimits.class).getIfUnique();
        if (store != null) {
            return store;
        }
        String reason = stores.isEmpty()
                ? "is shared, but there is no store to share it through: add com.bucket4j:bucket4j_jdk17-lettuce and"
                        + " spring-boot-starter-data-redis, or declare a bean of type " + SharedLimits.class.getName()
                : "is shared, but it is not clear where: there are " + stores.size() + " beans of type "
                        + SharedLimits.class.getName() + "; make one of them primary";
        throw new InvalidSettingsException(List.of(new Problem(List.of("scope"), reason)));
    }

    /** What all instances of a service call the limit, and no other service does unless it is told to. */
    private static String name(PolicyRequest<RateLimiter, Settings> request) {
        String given = request.settings().getStoreKey();
        if (StringUtils.hasText(given)) {
            return given.trim();
        }
        String service = request.beans().getBean(Environment.class).getProperty("spring.application.name", "");
        String instance = request.id().instance();
        return service.isBlank() ? instance : service.trim() + ":" + instance;
    }
}
