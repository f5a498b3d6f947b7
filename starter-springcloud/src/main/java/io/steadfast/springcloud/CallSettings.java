package io.steadfast.springcloud;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.cloud.client.circuitbreaker.ConfigBuilder;

/**
 * What code says about the policies of a circuit breaker that is asked for by its id: settings by policy and by key, as the properties
 * call them. A policy that has a setting here joins the call, even if no property mentions it. Immutable.
 *
 * @param byPolicy values by policy and by key in kebab case; a value is of the type that the setting has, or text that it is made from
 */
public record CallSettings(Map<String, Map<String, Object>> byPolicy) {

    /** Says nothing: what the properties say, and the built-in values, hold. */
    public static final CallSettings NONE = new CallSettings(Map.of());

    /**
     * Copies what it is given.
     *
     * @param byPolicy values by policy and by key
     */
    public CallSettings {
        Map<String, Map<String, Object>> copy = new LinkedHashMap<>();
        byPolicy.forEach((policy, values) -> copy.put(policy, Map.copyOf(values)));
        byPolicy = Map.copyOf(copy);
    }

    /**
     * Begins with nothing said.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** These, and others where these say nothing. */
    CallSettings orElse(CallSettings others) {
        Map<String, Map<String, Object>> merged = new LinkedHashMap<>();
        others.byPolicy.forEach((policy, values) -> merged.put(policy, new LinkedHashMap<>(values)));
        byPolicy.forEach((policy, values) ->
                merged.computeIfAbsent(policy, any -> new LinkedHashMap<>()).putAll(values));
        return new CallSettings(merged);
    }

    /** Collects settings. Keys are checked when the settings are used. Not thread-safe. */
    public static final class Builder implements ConfigBuilder<CallSettings> {

        private final Map<String, Map<String, Object>> byPolicy = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Says something about any policy, one of the application's own included.
         *
         * @param policy its section in the properties, for example {@code circuit-breaker}
         * @param key the key, for example {@code failure-rate-threshold}
         * @param value the value, or text that it is made from
         * @return this builder
         */
        public Builder set(String policy, String key, Object value) {
            byPolicy.computeIfAbsent(policy, any -> new LinkedHashMap<>()).put(key, value);
            return this;
        }

        /**
         * Says something about the circuit breaker.
         *
         * @param key a key of {@code resilience.circuit-breaker}, for example {@code failure-rate-threshold}
         * @param value the value
         * @return this builder
         */
        public Builder circuitBreaker(String key, Object value) {
            return set("circuit-breaker", key, value);
        }

        /**
         * Limits how long one attempt may take.
         *
         * @param limit longer than zero
         * @return this builder
         */
        public Builder timeout(Duration limit) {
            return timeout("limit", limit);
        }

        /**
         * Says something about the time limits.
         *
         * @param key a key of {@code resilience.timeout}, for example {@code total}
         * @param value the value
         * @return this builder
         */
        public Builder timeout(String key, Object value) {
            return set("timeout", key, value);
        }

        /**
         * Says something about retries; {@code steadfast-starter-retry} must be there.
         *
         * @param key a key of {@code resilience.retry}, for example {@code max-attempts}
         * @param value the value
         * @return this builder
         */
        public Builder retry(String key, Object value) {
            return set("retry", key, value);
        }

        /**
         * Says something about the bulkhead; {@code steadfast-starter-bulkhead} must be there.
         *
         * @param key a key of {@code resilience.bulkhead}, for example {@code max-concurrent-calls}
         * @param value the value
         * @return this builder
         */
        public Builder bulkhead(String key, Object value) {
            return set("bulkhead", key, value);
        }

        /**
         * Says something about the rate limiter; {@code steadfast-starter-ratelimiter} must be there.
         *
         * @param key a key of {@code resilience.rate-limiter}, for example {@code limit-for-period}
         * @param value the value
         * @return this builder
         */
        public Builder rateLimiter(String key, Object value) {
            return set("rate-limiter", key, value);
        }

        @Override
        public CallSettings build() {
            return new CallSettings(byPolicy);
        }
    }
}
