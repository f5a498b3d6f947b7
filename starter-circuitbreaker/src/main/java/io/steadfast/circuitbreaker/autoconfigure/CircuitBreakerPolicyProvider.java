package io.steadfast.circuitbreaker.autoconfigure;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.steadfast.circuitbreaker.BreakerConfig;
import io.steadfast.circuitbreaker.CircuitBreaker;
import io.steadfast.circuitbreaker.CircuitBreakerPolicy;
import io.steadfast.circuitbreaker.autoconfigure.CircuitBreakerProperties.Settings;
import io.steadfast.core.Policy;
import io.steadfast.spring.InvalidGuardException;
import io.steadfast.spring.PolicyProvider;
import io.steadfast.spring.PolicyRequest;
import io.steadfast.spring.Succession;
import org.springframework.beans.factory.DisposableBean;

/**
 * Makes a breaker of its settings, with its engine in resilience4j's registry. Takes its engines out again when the context
 * closes: the registry may outlive it, and the next context must find the names free.
 */
final class CircuitBreakerPolicyProvider implements PolicyProvider<CircuitBreaker, Settings>, DisposableBean {

    private final CircuitBreakerRegistry registry;

    private final BreakerPolicies policies;

    private final Queue<io.github.resilience4j.circuitbreaker.CircuitBreaker> engines = new ConcurrentLinkedQueue<>();

    CircuitBreakerPolicyProvider(CircuitBreakerRegistry registry, BreakerPolicies policies) {
        this.registry = registry;
        this.policies = policies;
    }

    @Override
    public String policy() {
        return CircuitBreakerPolicy.KIND;
    }

    @Override
    public Class<CircuitBreaker> annotation() {
        return CircuitBreaker.class;
    }

    @Override
    public Class<Settings> settings() {
        return Settings.class;
    }

    @Override
    public Set<String> firstKeys() {
        return Set.of("initial-state");
    }

    @Override
    public Policy create(PolicyRequest<CircuitBreaker, Settings> request) {
        BreakerConfig config = new SettingsReader(request.settings(), request.beans()).read();
        CircuitBreakerPolicy policy = create(request, config);
        policies.add(policy);
        return policy;
    }

    @Override
    public Succession succeed(PolicyRequest<CircuitBreaker, Settings> request, Policy before) {
        BreakerConfig config = new SettingsReader(request.settings(), request.beans()).read();
        CircuitBreakerPolicy next = ((CircuitBreakerPolicy) before).successor(config);
        return new Succession(next, next::takeOver);
    }

    @Override
    public void discard(Policy made) {
        registry.find(made.id().instance())
                .filter(engines::remove)
                .ifPresent(engine -> registry.remove(engine.getName()));
    }

    private CircuitBreakerPolicy create(PolicyRequest<CircuitBreaker, Settings> request, BreakerConfig config) {
        try {
            CircuitBreakerPolicy made = new CircuitBreakerPolicy(request.id(), config, request.runtime(), registry);
            registry.find(request.id().instance()).ifPresent(engines::add);
            return made;
        } catch (IllegalStateException taken) {
            throw new InvalidGuardException(
                    String.valueOf(taken.getMessage()),
                    (request.annotation() == null ? "@Resilient on " : "@CircuitBreaker on ")
                            + request.method().describe(),
                    "Remove that breaker from the registry, for example its resilience4j.circuitbreaker.instances entry, "
                            + "or give one of the two another name.");
        }
    }

    @Override
    public boolean standard() {
        return true;
    }

    /** Leaves alone what somebody else has put in the place of an engine since. */
    @Override
    public void destroy() {
        for (var engine = engines.poll(); engine != null; engine = engines.poll()) {
            if (registry.find(engine.getName()).orElse(null) == engine) {
                registry.remove(engine.getName());
            }
        }
    }
}
