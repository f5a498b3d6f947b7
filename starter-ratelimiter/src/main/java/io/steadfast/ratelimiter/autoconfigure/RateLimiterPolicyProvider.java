package io.steadfast.ratelimiter.autoconfigure;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.steadfast.core.Policy;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.ratelimiter.LimiterConfig;
import io.steadfast.ratelimiter.RateLimiter;
import io.steadfast.ratelimiter.RateLimiterPolicy;
import io.steadfast.ratelimiter.RateLimiterUse;
import io.steadfast.ratelimiter.Scope;
import io.steadfast.ratelimiter.autoconfigure.RateLimiterProperties.Settings;
import io.steadfast.spring.InvalidGuardException;
import io.steadfast.spring.PolicyProvider;
import io.steadfast.spring.PolicyRequest;
import io.steadfast.spring.Succession;
import org.springframework.beans.factory.DisposableBean;

/**
 * Makes a rate limiter of its settings, and puts it into resilience4j's registry. Takes its limiters out again when the context
 * closes: the registry may outlive it, and the next context must find the names free.
 */
final class RateLimiterPolicyProvider implements PolicyProvider<RateLimiter, Settings>, DisposableBean {

    private static final Logger LOGGER = System.getLogger(RateLimiterPolicy.class.getName());

    private final RateLimiterRegistry registry;

    /** What is ours in the registry, by name. */
    private final Map<String, io.github.resilience4j.ratelimiter.RateLimiter> registered = new ConcurrentHashMap<>();

    /** The key in force for an instance, as its settings have it; empty for none. */
    private final Map<String, String> keys = new ConcurrentHashMap<>();

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
        RateLimiterPolicy made = fresh(request, config(request));
        if (made.config().scope() == Scope.LOCAL) {
            try {
                register(made, request.runtime());
            } catch (IllegalStateException taken) {
                throw taken(request, String.valueOf(taken.getMessage()));
            }
        }
        keys.put(request.id().instance(), key(request));
        return made;
    }

    /** With another scope it begins anew. */
    @Override
    public Succession succeed(PolicyRequest<RateLimiter, Settings> request, Policy before) {
        RateLimiterPolicy known = (RateLimiterPolicy) before;
        LimiterConfig config = config(request);
        if (config.scope() != known.config().scope()) {
            return anew(request, config);
        }
        RateLimiterPolicy next = config.scope() == Scope.SHARED
                ? SharedLimiters.succeed(request, config, known)
                : known.successor(config);
        return new Succession(next, () -> {
            next.takeOver();
            if (!key(request).equals(keys.put(request.id().instance(), key(request)))) {
                next.forgetKeys();
            }
        });
    }

    @Override
    public void discard(Policy made) {
        keys.remove(made.id().instance());
        unregister(made.id().instance());
    }

    private Succession anew(PolicyRequest<RateLimiter, Settings> request, LimiterConfig config) {
        String name = request.id().instance();
        RateLimiterPolicy next = fresh(request, config);
        boolean local = config.scope() == Scope.LOCAL;
        if (local && registry.find(name).isPresent()) {
            throw taken(request, "The RateLimiterRegistry already holds a rate limiter named '" + name + "'");
        }
        return new Succession(next, () -> {
            keys.put(name, key(request));
            if (local) {
                registerIfFree(next, request.runtime());
            } else {
                unregister(name);
            }
        });
    }

    private static RateLimiterPolicy fresh(PolicyRequest<RateLimiter, Settings> request, LimiterConfig config) {
        return config.scope() == Scope.SHARED
                ? SharedLimiters.create(request, config)
                : new RateLimiterPolicy(request.id(), config, request.runtime());
    }

    private static LimiterConfig config(PolicyRequest<RateLimiter, Settings> request) {
        LimiterConfig config = new SettingsReader(request.settings()).read();
        if (config.scope() == Scope.LOCAL) {
            SharedSettings.refuseOnLocal(request.settings());
        }
        return config;
    }

    private static String key(PolicyRequest<RateLimiter, Settings> request) {
        String key = request.settings().getKey();
        return key == null ? "" : key.trim();
    }

    private void register(RateLimiterPolicy made, PolicyRuntime runtime) {
        String name = made.id().instance();
        made.showIn(registry, runtime);
        registry.find(name).ifPresent(shown -> registered.put(name, shown));
    }

    /** Whoever has taken the name since it was found free keeps it: the limiter works without the registry, too. */
    private void registerIfFree(RateLimiterPolicy made, PolicyRuntime runtime) {
        try {
            register(made, runtime);
        } catch (IllegalStateException taken) {
            LOGGER.log(Level.WARNING, "resilience4j's tools will not see " + made.id() + ": " + taken.getMessage());
        }
    }

    /** Leaves alone what somebody else has put in the place of a limiter since. */
    private void unregister(String name) {
        var ours = registered.remove(name);
        if (ours != null && registry.find(name).orElse(null) == ours) {
            registry.remove(name);
        }
    }

    private static InvalidGuardException taken(PolicyRequest<RateLimiter, Settings> request, String what) {
        return new InvalidGuardException(
                what,
                (request.annotation() == null ? "@Resilient on " : "@RateLimiter on ")
                        + request.method().describe(),
                "Remove that limiter from the registry, for example its resilience4j.ratelimiter.instances entry, "
                        + "or give one of the two another name.");
    }

    @Override
    public Map<Class<?>, Object> traits(PolicyRequest<RateLimiter, Settings> request) {
        return Map.of(RateLimiterUse.class, new UseReader(request).read());
    }

    @Override
    public void destroy() {
        List.copyOf(registered.keySet()).forEach(this::unregister);
    }
}
