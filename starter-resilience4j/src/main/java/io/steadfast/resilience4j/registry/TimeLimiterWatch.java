package io.steadfast.resilience4j.registry;

import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.Optional;

import io.github.resilience4j.common.timelimiter.configuration.TimeLimiterConfigCustomizer;
import io.github.resilience4j.timelimiter.TimeLimiter;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import io.steadfast.core.Policy;
import io.steadfast.spring.PolicyRequest;
import io.steadfast.timeout.TimeoutPolicy;
import org.springframework.util.function.SingletonSupplier;

/**
 * Timeouts. A time limiter of resilience4j's own, with the same limit, stands for each in its registry: code can run functions with
 * it, and it tells of guarded calls what the {@link TimeLimiterListener} hears.
 */
final class TimeLimiterWatch implements PolicyWatch {

    private final Customizers customizers;

    private final SingletonSupplier<TimeLimiterRegistry> registry;

    TimeLimiterWatch(Customizers customizers, SingletonSupplier<TimeLimiterRegistry> registry) {
        this.customizers = customizers;
        this.registry = registry;
    }

    @Override
    public <A extends Annotation, S> PolicyRequest<A, S> customize(PolicyRequest<A, S> request) {
        Optional<TimeLimiterConfigCustomizer> customizer =
                customizers.find(TimeLimiterConfigCustomizer.class, request.id().instance());
        if (customizer.isEmpty()) {
            return request;
        }
        CustomizedSettings settings = new CustomizedSettings(request, TimeLimiterConfigCustomizer.class);
        TimeLimiterConfig before = builder(settings).build();
        TimeLimiterConfig.Builder builder = builder(settings);
        customizer.get().customize(builder);
        TimeLimiterConfig after = builder.build();
        settings.carry("limit", before.getTimeoutDuration(), after.getTimeoutDuration());
        settings.refuse(
                !after.shouldCancelRunningFuture(),
                "cancelRunningFuture to false",
                "Remove that: what has run out of time is told to end.");
        return settings.applyTo(request);
    }

    private static TimeLimiterConfig.Builder builder(CustomizedSettings settings) {
        TimeLimiterConfig.Builder builder = TimeLimiterConfig.custom();
        if (settings.get("limit") instanceof Duration limit && !limit.isNegative()) {
            builder.timeoutDuration(limit);
        }
        return builder;
    }

    @Override
    public void inForce(PolicyRequest<?, ?> request, Policy dressed) {
        if (!(dressed instanceof TimeoutPolicy policy) || !policy.id().policy().equals(TimeoutPolicy.KIND)) {
            return;
        }
        String name = request.id().instance();
        TimeLimiterRegistry all = registry.obtain();
        TimeLimiterConfig config = TimeLimiterConfig.custom()
                .timeoutDuration(policy.config().limit())
                .build();
        TimeLimiter entry = all.timeLimiter(name, config);
        if (!entry.getTimeLimiterConfig().getTimeoutDuration().equals(config.getTimeoutDuration())) {
            all.replace(name, TimeLimiter.of(name, config, entry.getTags()));
        }
    }
}
