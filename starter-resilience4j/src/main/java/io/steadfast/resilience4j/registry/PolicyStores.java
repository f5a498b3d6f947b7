package io.steadfast.resilience4j.registry;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.core.registry.RegistryEventConsumer;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import io.github.resilience4j.timelimiter.TimeLimiter;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;

/**
 * Makes resilience4j's registries over our policies. They are its own in all respects but one: an instance that is asked for by name is
 * the policy of that name, made on the spot if need be.
 */
public final class PolicyStores {

    private static final String DEFAULT = "default";

    private final Map<Kind, PolicyStore<?>> stores = new EnumMap<>(Kind.class);

    /**
     * Empty stores.
     *
     * @param source makes policies
     */
    public PolicyStores(PolicySource source) {
        for (Kind kind : Kind.values()) {
            stores.put(kind, new PolicyStore<>(kind, source));
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"
    }) // one store for each kind, filled by its registry
    <E> PolicyStore<E> of(Kind kind) {
        return (PolicyStore<E>) stores.get(kind);
    }

    /**
     * A registry of circuit breakers.
     *
     * @param shared configurations by name; that of the name {@code default} is for whoever gives no other
     * @param tags tags of all instances
     * @param consumers who hears of entries; asked for with the first entry
     * @return the registry
     */
    public CircuitBreakerRegistry circuitBreakers(
            Map<String, CircuitBreakerConfig> shared,
            Map<String, String> tags,
            Supplier<List<RegistryEventConsumer<CircuitBreaker>>> consumers) {
        PolicyStore<CircuitBreaker> store = of(Kind.CIRCUIT_BREAKER);
        CircuitBreakerRegistry.Builder builder = CircuitBreakerRegistry.custom()
                .withRegistryStore(store)
                .withTags(tags)
                .withCircuitBreakerConfig(shared.getOrDefault(DEFAULT, CircuitBreakerConfig.ofDefaults()))
                .addRegistryEventConsumer(new RegistryListeners<>(store, CircuitBreaker::getName, consumers));
        CircuitBreakerRegistry registry = builder.build();
        addAll(shared, registry::addConfiguration);
        return AskedByName.before(CircuitBreakerRegistry.class, registry, CircuitBreaker.class, store);
    }

    /**
     * A registry of rate limiters.
     *
     * @param shared configurations by name; that of the name {@code default} is for whoever gives no other
     * @param tags tags of all instances
     * @param consumers who hears of entries; asked for with the first entry
     * @return the registry
     */
    public RateLimiterRegistry rateLimiters(
            Map<String, RateLimiterConfig> shared,
            Map<String, String> tags,
            Supplier<List<RegistryEventConsumer<RateLimiter>>> consumers) {
        PolicyStore<RateLimiter> store = of(Kind.RATE_LIMITER);
        RateLimiterRegistry registry = RateLimiterRegistry.custom()
                .withRegistryStore(store)
                .withTags(tags)
                .withRateLimiterConfig(shared.getOrDefault(DEFAULT, RateLimiterConfig.ofDefaults()))
                .addRegistryEventConsumer(new RegistryListeners<>(store, RateLimiter::getName, consumers))
                .build();
        addAll(shared, registry::addConfiguration);
        return AskedByName.before(RateLimiterRegistry.class, registry, RateLimiter.class, store);
    }

    /**
     * A registry of retries.
     *
     * @param shared configurations by name; that of the name {@code default} is for whoever gives no other
     * @param tags tags of all instances
     * @param consumers who hears of entries; asked for with the first entry
     * @return the registry
     */
    public RetryRegistry retries(
            Map<String, RetryConfig> shared,
            Map<String, String> tags,
            Supplier<List<RegistryEventConsumer<Retry>>> consumers) {
        PolicyStore<Retry> store = of(Kind.RETRY);
        RetryRegistry registry = RetryRegistry.custom()
                .withRegistryStore(store)
                .withTags(tags)
                .withRetryConfig(shared.getOrDefault(DEFAULT, RetryConfig.ofDefaults()))
                .addRegistryEventConsumer(new RegistryListeners<>(store, Retry::getName, consumers))
                .build();
        addAll(shared, registry::addConfiguration);
        return AskedByName.before(RetryRegistry.class, registry, Retry.class, store);
    }

    /**
     * A registry of bulkheads.
     *
     * @param shared configurations by name; that of the name {@code default} is for whoever gives no other
     * @param tags tags of all instances
     * @param consumers who hears of entries; asked for with the first entry
     * @return the registry
     */
    public BulkheadRegistry bulkheads(
            Map<String, BulkheadConfig> shared,
            Map<String, String> tags,
            Supplier<List<RegistryEventConsumer<Bulkhead>>> consumers) {
        PolicyStore<Bulkhead> store = of(Kind.BULKHEAD);
        BulkheadRegistry registry = BulkheadRegistry.custom()
                .withRegistryStore(store)
                .withTags(tags)
                .withBulkheadConfig(shared.getOrDefault(DEFAULT, BulkheadConfig.ofDefaults()))
                .addRegistryEventConsumer(new RegistryListeners<>(store, Bulkhead::getName, consumers))
                .build();
        addAll(shared, registry::addConfiguration);
        return AskedByName.before(BulkheadRegistry.class, registry, Bulkhead.class, store);
    }

    /**
     * A registry of time limiters.
     *
     * @param shared configurations by name; that of the name {@code default} is for whoever gives no other
     * @param tags tags of all instances
     * @param consumers who hears of entries; asked for with the first entry
     * @return the registry
     */
    public TimeLimiterRegistry timeLimiters(
            Map<String, TimeLimiterConfig> shared,
            Map<String, String> tags,
            Supplier<List<RegistryEventConsumer<TimeLimiter>>> consumers) {
        PolicyStore<TimeLimiter> store = of(Kind.TIME_LIMITER);
        TimeLimiterRegistry registry = TimeLimiterRegistry.custom()
                .withRegistryStore(store)
                .withTags(tags)
                .withTimeLimiterConfig(shared.getOrDefault(DEFAULT, TimeLimiterConfig.ofDefaults()))
                .addRegistryEventConsumer(new RegistryListeners<>(store, TimeLimiter::getName, consumers))
                .build();
        addAll(shared, registry::addConfiguration);
        return AskedByName.before(TimeLimiterRegistry.class, registry, TimeLimiter.class, store);
    }

    private static <C> void addAll(Map<String, C> shared, BiConsumer<String, C> to) {
        shared.forEach((name, config) -> {
            if (!name.equals(DEFAULT)) {
                to.accept(name, config);
            }
        });
    }
}
