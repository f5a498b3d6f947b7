package io.steadfast.resilience4j.registry;

import java.util.Map;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.steadfast.core.time.Timer;

/**
 * A retry of ours as resilience4j's type. Functions that code decorates with it are judged by the same policy as guarded methods,
 * its budget included; but they are no calls of their own, so they have no deadline and no meters of ours.
 */
final class RegisteredRetry implements Retry {

    private final String name;

    private final Map<String, String> tags;

    private final Timer timer;

    private final RetryRecord record;

    private volatile ObservedRetry policy;

    RegisteredRetry(String name, Map<String, String> tags, Timer timer, RetryRecord record, ObservedRetry policy) {
        this.name = name;
        this.tags = tags;
        this.timer = timer;
        this.record = record;
        this.policy = policy;
    }

    /** Another policy has taken over. */
    void follow(ObservedRetry next) {
        policy = next;
    }

    RetryRecord record() {
        return record;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public <T> Context<T> context() {
        return new RetriedFunction<>(name, policy, timer);
    }

    @Override
    public <T> AsyncContext<T> asyncContext() {
        return new RetriedStage<>(name, policy);
    }

    /** The attempts and the growth of the waits, to look at: jitter and the lists of exceptions are the policy's. */
    @Override
    public RetryConfig getRetryConfig() {
        return describe(policy.policy().config());
    }

    static RetryConfig describe(io.steadfast.retry.RetryConfig config) {
        return RetryConfig.custom()
                .maxAttempts(config.maxAttempts())
                .intervalFunction(interval(config))
                .build();
    }

    private static IntervalFunction interval(io.steadfast.retry.RetryConfig config) {
        double first = config.waitDuration().toMillis();
        double longest = config.maxWaitDuration().toMillis();
        return switch (config.backoff()) {
            case FIXED -> attempt -> (long) Math.min(first, longest);
            default -> attempt -> (long) Math.min(first * Math.pow(config.multiplier(), attempt - 1), longest);
        };
    }

    @Override
    public Map<String, String> getTags() {
        return tags;
    }

    @Override
    public EventPublisher getEventPublisher() {
        return record.events();
    }

    @Override
    public Metrics getMetrics() {
        return record;
    }

    @Override
    public String toString() {
        return "Retry '" + name + "' of Steadfast";
    }
}
