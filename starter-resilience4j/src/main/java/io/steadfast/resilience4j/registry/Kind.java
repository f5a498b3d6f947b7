package io.steadfast.resilience4j.registry;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of policy that resilience4j has a registry of, as our properties name them and as its own do. */
public enum Kind {
    /** Circuit breakers. */
    CIRCUIT_BREAKER("circuit-breaker", "circuitbreaker"),
    /** Rate limiters. */
    RATE_LIMITER("rate-limiter", "ratelimiter"),
    /** Retries. */
    RETRY("retry", "retry"),
    /** Bulkheads that count calls; those with a thread pool are resilience4j's own. */
    BULKHEAD("bulkhead", "bulkhead"),
    /** Time limiters, which are timeouts here. */
    TIME_LIMITER("timeout", "timelimiter");

    private final String policy;

    private final String section;

    Kind(String policy, String section) {
        this.policy = policy;
        this.section = section;
    }

    /**
     * The kind of policy.
     *
     * @return its id, as in {@code resilience.<policy>}
     */
    public String policy() {
        return policy;
    }

    /**
     * The section of resilience4j's properties.
     *
     * @return its name, as in {@code resilience4j.<section>}
     */
    public String section() {
        return section;
    }

    /**
     * The kind of a policy.
     *
     * @param policy its id
     * @return the kind, empty for policies that resilience4j does not have
     */
    public static Optional<Kind> of(String policy) {
        return Arrays.stream(values())
                .filter(kind -> kind.policy.equals(policy))
                .findFirst();
    }
}
