package io.steadfast.resilience4j.registry;

import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.Optional;

import io.github.resilience4j.common.ratelimiter.configuration.RateLimiterConfigCustomizer;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.steadfast.spring.PolicyRequest;

/** Rate limiters, which are in resilience4j's registry by themselves. */
final class LimiterWatch implements PolicyWatch {

    private final Customizers customizers;

    LimiterWatch(Customizers customizers) {
        this.customizers = customizers;
    }

    @Override
    public <A extends Annotation, S> PolicyRequest<A, S> customize(PolicyRequest<A, S> request) {
        Optional<RateLimiterConfigCustomizer> customizer =
                customizers.find(RateLimiterConfigCustomizer.class, request.id().instance());
        if (customizer.isEmpty()) {
            return request;
        }
        CustomizedSettings settings = new CustomizedSettings(request, RateLimiterConfigCustomizer.class);
        RateLimiterConfig before = builder(settings).build();
        RateLimiterConfig.Builder builder = builder(settings);
        customizer.get().customize(builder);
        RateLimiterConfig after = builder.build();
        settings.carry("limitForPeriod", before.getLimitForPeriod(), after.getLimitForPeriod());
        settings.carry("limitRefreshPeriod", before.getLimitRefreshPeriod(), after.getLimitRefreshPeriod());
        settings.carry("timeoutDuration", before.getTimeoutDuration(), after.getTimeoutDuration());
        settings.refuse(
                before.getDrainPermissionsOnResult() != after.getDrainPermissionsOnResult(),
                "drainPermissionsOnResult",
                "Remove that, and call drainPermissions() of the limiter in the RateLimiterRegistry where the result is seen.");
        return settings.applyTo(request);
    }

    private static RateLimiterConfig.Builder builder(CustomizedSettings settings) {
        RateLimiterConfig.Builder builder = RateLimiterConfig.custom();
        if (settings.get("limitForPeriod") instanceof Integer limit && limit > 0) {
            builder.limitForPeriod(limit);
        }
        if (settings.get("limitRefreshPeriod") instanceof Duration period && !period.isZero() && !period.isNegative()) {
            builder.limitRefreshPeriod(period);
        }
        if (settings.get("timeoutDuration") instanceof Duration timeout && !timeout.isNegative()) {
            builder.timeoutDuration(timeout);
        }
        return builder;
    }
}
