package io.steadfast.failover.autoconfigure;

import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.steadfast.core.Policy;
import io.steadfast.failover.Failover;
import io.steadfast.failover.FailoverConfig;
import io.steadfast.failover.FailoverPolicy;
import io.steadfast.failover.InstanceSource;
import io.steadfast.failover.autoconfigure.FailoverProperties.Settings;
import io.steadfast.spring.PolicyProvider;
import io.steadfast.spring.PolicyRequest;
import io.steadfast.spring.PolicyTemplates.Template;
import io.steadfast.spring.Succession;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.util.StringUtils;

/** Makes a pool of its settings, and tells it how each method uses it. Pools stop asking for instances when the context closes. */
final class FailoverPolicyProvider implements PolicyProvider<Failover, Settings>, DisposableBean {

    private static final String CIRCUIT_BREAKER = "circuit-breaker";

    private final KnownInstances known = new KnownInstances();

    private final Queue<FailoverPolicy> made = new ConcurrentLinkedQueue<>();

    /** Those in force, by pool: as long as their settings stay the same, so do they. */
    private final Map<String, InstanceBreakers> breakers = new ConcurrentHashMap<>();

    @Override
    public String policy() {
        return FailoverPolicy.KIND;
    }

    @Override
    public Class<Failover> annotation() {
        return Failover.class;
    }

    @Override
    public Class<Settings> settings() {
        return Settings.class;
    }

    /** What a call is about is a matter of the method. */
    @Override
    public Set<String> methodKeys() {
        return Set.of("key");
    }

    @Override
    public Policy create(PolicyRequest<Failover, Settings> request) {
        InstanceBreakers own = breakers(request);
        FailoverConfig config = config(request, own);
        InstanceSource source = SourceFinder.find(request);
        FailoverPolicy policy = new FailoverPolicy(request.id(), config, request.runtime(), source);
        made.add(policy);
        remember(request.id().instance(), own);
        return policy;
    }

    @Override
    public Succession succeed(PolicyRequest<Failover, Settings> request, Policy before) {
        InstanceBreakers own = breakers(request);
        FailoverConfig config = config(request, own);
        InstanceSource source = SourceFinder.find(request);
        FailoverPolicy known = (FailoverPolicy) before;
        FailoverPolicy next = known.successor(config, request.runtime(), source);
        return new Succession(next, () -> {
            next.takeOver();
            made.remove(known);
            made.add(next);
            remember(request.id().instance(), own);
        });
    }

    @Override
    public void discard(Policy policy) {
        FailoverPolicy unused = (FailoverPolicy) policy;
        made.remove(unused);
        unused.close();
    }

    private static FailoverConfig config(
            PolicyRequest<Failover, Settings> request, @Nullable InstanceBreakers breakers) {
        return new SettingsReader(request.settings(), request.beans()).read(breakers);
    }

    private @Nullable InstanceBreakers breakers(PolicyRequest<Failover, Settings> request) {
        String like = request.settings().getEjection().getCircuitBreaker();
        if (!StringUtils.hasText(like)) {
            return null;
        }
        String pool = request.id().instance();
        Template template = request.templates()
                .find(CIRCUIT_BREAKER, like.trim(), "ejection.circuit-breaker of the failover '" + pool + "'");
        InstanceBreakers inForce = breakers.get(pool);
        return inForce != null && inForce.isLike(template) ? inForce : new InstanceBreakers(template);
    }

    private void remember(String pool, @Nullable InstanceBreakers next) {
        InstanceBreakers before = next == null ? breakers.remove(pool) : breakers.put(pool, next);
        if (before != null && before != next) {
            before.close();
        }
    }

    @Override
    public Map<Class<?>, Object> traits(PolicyRequest<Failover, Settings> request) {
        return MethodFacts.of(request, known);
    }

    @Override
    public void destroy() {
        for (FailoverPolicy policy = made.poll(); policy != null; policy = made.poll()) {
            policy.close();
        }
        breakers.values().forEach(InstanceBreakers::close);
        breakers.clear();
    }
}
