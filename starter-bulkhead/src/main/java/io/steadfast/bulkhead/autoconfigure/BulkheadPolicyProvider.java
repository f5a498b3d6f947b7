package io.steadfast.bulkhead.autoconfigure;

import java.util.Map;
import java.util.Set;

import io.steadfast.bulkhead.Bulkhead;
import io.steadfast.bulkhead.BulkheadPolicy;
import io.steadfast.bulkhead.Priority;
import io.steadfast.bulkhead.autoconfigure.BulkheadProperties.Settings;
import io.steadfast.core.Policy;
import io.steadfast.spring.PolicyProvider;
import io.steadfast.spring.PolicyRequest;
import io.steadfast.spring.Succession;

/** Makes a bulkhead of its settings, and tells it of each method's priority. */
final class BulkheadPolicyProvider implements PolicyProvider<Bulkhead, Settings> {

    @Override
    public String policy() {
        return BulkheadPolicy.KIND;
    }

    @Override
    public Class<Bulkhead> annotation() {
        return Bulkhead.class;
    }

    @Override
    public Class<Settings> settings() {
        return Settings.class;
    }

    @Override
    public Policy create(PolicyRequest<Bulkhead, Settings> request) {
        return new BulkheadPolicy(request.id(), new SettingsReader(request.settings()).read(), request.runtime());
    }

    @Override
    public Succession succeed(PolicyRequest<Bulkhead, Settings> request, Policy before) {
        BulkheadPolicy next =
                ((BulkheadPolicy) before).successor(new SettingsReader(request.settings()).read(), request.runtime());
        return new Succession(next, next::takeOver);
    }

    @Override
    public Set<String> methodKeys() {
        return Set.of("priority");
    }

    @Override
    public Map<Class<?>, Object> traits(PolicyRequest<Bulkhead, Settings> request) {
        Priority priority = request.settings().getPriority();
        return priority == null ? Map.of() : Map.of(Priority.class, priority);
    }
}
