package io.steadfast.resilience4j.properties;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The kinds of policy that have a section under {@code resilience4j.}. */
public enum ForeignPolicy {
    /** {@code resilience4j.circuitbreaker}, our circuit breaker. */
    CIRCUIT_BREAKER("circuitbreaker", "circuit-breaker", "backends", "circuit-breaker-aspect-order", true),
    /** {@code resilience4j.retry}, our retry. */
    RETRY("retry", "retry", "backends", "retry-aspect-order", true),
    /** {@code resilience4j.ratelimiter}, our rate limiter. */
    RATE_LIMITER("ratelimiter", "rate-limiter", "limiters", "rate-limiter-aspect-order", true),
    /** {@code resilience4j.bulkhead}, our bulkhead. */
    BULKHEAD("bulkhead", "bulkhead", "backends", "bulkhead-aspect-order", true),
    /** {@code resilience4j.thread-pool-bulkhead}, a bulkhead with a queue. */
    THREAD_POOL_BULKHEAD("thread-pool-bulkhead", "bulkhead", "backends", "", true),
    /** {@code resilience4j.timelimiter}, the limit of our timeout. */
    TIME_LIMITER("timelimiter", "timeout", "", "time-limiter-aspect-order", true),
    /** {@code resilience4j.micrometer.timer}, which has no settings of ours. */
    TIMER("micrometer.timer", "", "", "timer-aspect-order", false);

    /** What a pool's name gets, so that it does not share settings with a bulkhead of the same name. */
    static final String POOL_SUFFIX = "-thread-pool";

    private final String section;

    private final String ours;

    private final String alias;

    private final String orderKey;

    private final boolean metered;

    ForeignPolicy(String section, String ours, String alias, String orderKey, boolean metered) {
        this.section = section;
        this.ours = ours;
        this.alias = alias;
        this.orderKey = orderKey;
        this.metered = metered;
    }

    /**
     * Its section under {@code resilience4j.}.
     *
     * @return the name, for example {@code ratelimiter}
     */
    public String section() {
        return section;
    }

    /**
     * Our section under {@code resilience.}, which is its place in the order too.
     *
     * @return the name, for example {@code rate-limiter}; empty if it means nothing to us
     */
    public String ours() {
        return ours;
    }

    /** The key of its aspect's order; empty if it has none of its own. */
    String orderKey() {
        return orderKey;
    }

    /** The map that an instance may stand in besides {@code instances}; empty if there is none. */
    String alias() {
        return alias;
    }

    /**
     * What of ours goes by a name of theirs. A pool's settings must not mix with those of a bulkhead of the same name.
     *
     * @param instance the name an annotation or a property gives
     * @return the name of our instance
     */
    public String nameOfOurs(String instance) {
        return this == THREAD_POOL_BULKHEAD ? instance + POOL_SUFFIX : instance;
    }

    boolean isInstances(String map) {
        return Spelled.same(map, "instances") || (!alias.isEmpty() && Spelled.same(map, alias));
    }

    /** The keys beside the maps. */
    List<String> ownKeys() {
        List<String> keys = new ArrayList<>(List.of("tags"));
        if (metered) {
            keys.addAll(List.of("metrics.enabled", "metrics.legacy.enabled"));
        }
        if (!orderKey.isEmpty()) {
            keys.add(orderKey);
        }
        return keys;
    }

    /** The policy whose section a path below {@code resilience4j} lies in, and what follows. */
    static Optional<Placed> of(List<String> path) {
        for (ForeignPolicy policy : values()) {
            int length = policy.section.split("\\.").length;
            if (path.size() >= length && Spelled.same(String.join(".", path.subList(0, length)), policy.section)) {
                return Optional.of(new Placed(policy, path.subList(length, path.size())));
            }
        }
        return Optional.empty();
    }

    /** A path that lies in a policy's section. */
    record Placed(ForeignPolicy policy, List<String> rest) {}
}
