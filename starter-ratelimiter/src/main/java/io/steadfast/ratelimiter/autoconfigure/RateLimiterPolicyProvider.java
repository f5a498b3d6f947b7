package io.steadfast.ratelimiter.autoconfigure;

import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.steadfast.core.Policy;
import io.steadfast.ratelimiter.LimiterConfig;
import io.steadfast.ratelimiter.RateLimiter;
import io.steadfast.ratelimiter.RateLimiterPolicy;
import io.steadfast.ratelimiter.RateLimiterUse;
import io.steadfast.ratelimiter.Scope;
import io.steadfast.ratelimiter.autoconfigure.RateLimiterProperties.Settings;
import io.steadfast.spring.InvalidGuardException;
import io.steadfast.spring.PolicyProvider;
import io.steadfast.spring.PolicyRequest;
import org.springframework.beans.factory.DisposableBean;

/**
 * Makes a rate limiter of its settings, and puts it into resilience4j's registry. Takes its limiters out again when the context
 * closes: the registry may outlive it, and the next context must find the names free.
 */
final class RateLimiterPolicyProvider implements PolicyProvider<RateLimiter, Settings>, DisposableBean {

    private final RateLimiterRegistry registry;

    private final Queue<io.github.resilience4j.ratelimiter.RateLimiter> registered = new ConcurrentLinkedQueue<>();

    RateLimiterPolicyProvider(RateLimiterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public String policy() {
        return RateLimiterPolicy.KIND;
    }

    @Override
    public Class<RateLimiter> annotation() {
        return RateLimiter.class;
    }

    @Override
    public Class<Settings> settings() {
        return Settings.class;
    }

    /** What one call takes, and whose limit it counts against, is a matter of the method. */
    @Override
    public Set<String> methodKeys() {
        return Set.of("permits", "key");
    }

    @Override
    public Policy create(PolicyRequest<RateLimiter, Settings> request) {
        LimiterConfig config = new SettingsReader(request.settings()).read();
        if (config.scope() == Scope.SHARED) {
            return SharedLimiters.create(request, config);
        }
        SharedSettings.refuseOnLocal(request.settings());
        return local(request, config);
    }

    private Policy local(PolicyRequest<RateLimiter, Settings> request, LimiterConfig config) {
        try {
            Policy made = new RateLimiterPolicy(request.id(), config, request.runtime(), registry);
            registry.find(request.id().instance()).ifPresent(registered::add);
            return made;
        } catch (IllegalStateException taken) {
            throw new InvalidGuardException(
                    String.valueOf(taken.getMessage()),
                    (request.annotation() == null ? "@Resilient on " : "@RateLimiter on ")
                            + request.method().describe(),
                    "Remove that limiter from the registry, for example its resilience4j.ratelimiter.instances entry, "
                            + "or give one of the two another name.");
        }
    }

    @Override
    public Map<Class<?>, Object> traits(PolicyRequest<RateLimiter, Settings> request) {
        return Map.of(RateLimiterUse.class, new UseReader(request).read());
    }

    /** Leaves alone what somebody else has put in the place of a limiter since. */
    @Override
    public void destroy() {
        for (var limiter = registered.poll(); limiter != null; limiter = registered.poll()) {
            if (registry.find(limiter.getName()).orElse(null) == limiter) {
                registry.remove(limiter.getName());
            }
        }
    }
}
