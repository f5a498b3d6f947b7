package io.steadfast.resilience4j.registry;

import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.common.bulkhead.configuration.BulkheadConfigCustomizer;
import io.steadfast.bulkhead.BulkheadPolicy;
import io.steadfast.core.Policy;
import io.steadfast.spring.PolicyRequest;
import org.springframework.util.function.SingletonSupplier;

/** Bulkheads, which are ours alone: one of resilience4j's interface stands for each of them in its registry. */
final class BulkheadWatch implements PolicyWatch {

    private final Customizers customizers;

    private final SingletonSupplier<BulkheadRegistry> registry;

    private final Map<String, BulkheadEvents> events = new ConcurrentHashMap<>();

    BulkheadWatch(Customizers customizers, SingletonSupplier<BulkheadRegistry> registry) {
        this.customizers = customizers;
        this.registry = registry;
    }

    @Override
    public <A extends Annotation, S> PolicyRequest<A, S> customize(PolicyRequest<A, S> request) {
        Optional<BulkheadConfigCustomizer> customizer =
                customizers.find(BulkheadConfigCustomizer.class, request.id().instance());
        if (customizer.isEmpty()) {
            return request;
        }
        CustomizedSettings settings = new CustomizedSettings(request, BulkheadConfigCustomizer.class);
        BulkheadConfig before = builder(settings).build();
        BulkheadConfig.Builder builder = builder(settings);
        customizer.get().customize(builder);
        BulkheadConfig after = builder.build();
        settings.carry("maxConcurrentCalls", before.getMaxConcurrentCalls(), after.getMaxConcurrentCalls());
        settings.carry("maxWaitDuration", before.getMaxWaitDuration(), after.getMaxWaitDuration());
        return settings.applyTo(request);
    }

    private static BulkheadConfig.Builder builder(CustomizedSettings settings) {
        BulkheadConfig.Builder builder = BulkheadConfig.custom();
        if (settings.get("maxConcurrentCalls") instanceof Integer calls && calls >= 0) {
            builder.maxConcurrentCalls(calls);
        }
        if (settings.get("maxWaitDuration") instanceof Duration wait && !wait.isNegative()) {
            builder.maxWaitDuration(wait);
        }
        return builder;
    }

    @Override
    public Policy dress(PolicyRequest<?, ?> request, Policy made) {
        String name = request.id().instance();
        return made instanceof BulkheadPolicy policy
                ? new ObservedBulkhead(policy, events.computeIfAbsent(name, BulkheadEvents::new))
                : made;
    }

    @Override
    public Policy undress(Policy dressed) {
        return dressed instanceof ObservedBulkhead observed ? observed.policy() : dressed;
    }

    @Override
    public void inForce(PolicyRequest<?, ?> request, Policy dressed) {
        if (!(dressed instanceof ObservedBulkhead policy)) {
            return;
        }
        String name = request.id().instance();
        BulkheadRegistry all = registry.obtain();
        var present = all.find(name).orElse(null);
        if (present instanceof RegisteredBulkhead known) {
            known.follow(policy);
            return;
        }
        if (present != null) {
            throw Taken.by("bulkhead", request);
        }
        var made =
                all.bulkhead(name, RegisteredBulkhead.describe(policy.policy().config()));
        all.replace(
                name,
                new RegisteredBulkhead(
                        name,
                        made.getTags(),
                        request.runtime().timer(),
                        events.computeIfAbsent(name, BulkheadEvents::new),
                        policy));
    }
}
