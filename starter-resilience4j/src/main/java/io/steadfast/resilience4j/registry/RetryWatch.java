package io.steadfast.resilience4j.registry;

import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.github.resilience4j.common.retry.configuration.RetryConfigCustomizer;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import io.steadfast.core.Policy;
import io.steadfast.retry.RetryPolicy;
import io.steadfast.spring.PolicyRequest;
import org.springframework.util.function.SingletonSupplier;

/** Retries, which are ours alone: one of resilience4j's interface stands for each of them in its registry. */
final class RetryWatch implements PolicyWatch {

    /** Tells whether the customizer has set another. */
    private static final IntervalFunction OURS = attempt -> 0L;

    private final Customizers customizers;

    private final SingletonSupplier<RetryRegistry> registry;

    private final Map<String, RetryRecord> records = new ConcurrentHashMap<>();

    private final Map<String, RetryRules> rules = new ConcurrentHashMap<>();

    RetryWatch(Customizers customizers, SingletonSupplier<RetryRegistry> registry) {
        this.customizers = customizers;
        this.registry = registry;
    }

    @Override
    public <A extends Annotation, S> PolicyRequest<A, S> customize(PolicyRequest<A, S> request) {
        Optional<RetryConfigCustomizer> customizer =
                customizers.find(RetryConfigCustomizer.class, request.id().instance());
        if (customizer.isEmpty()) {
            return request;
        }
        CustomizedSettings settings = new CustomizedSettings(request, RetryConfigCustomizer.class);
        RetryConfig before = builder(settings).build();
        RetryConfig.Builder<Object> builder = builder(settings);
        customizer.get().customize(builder);
        RetryConfig after = builder.build();
        settings.carry("maxAttempts", before.getMaxAttempts(), after.getMaxAttempts());
        settings.carryPredicate("resultPredicate", before.getResultPredicate(), after.getResultPredicate());
        settings.refuse(
                after.isFailAfterMaxAttempts(),
                "failAfterMaxAttempts",
                "Remove that: the last result is returned. Throw an exception of your own where it is used.");
        rules.put(request.id().instance(), rules(settings, before, after));
        return settings.applyTo(request);
    }

    @SuppressWarnings("deprecation") // the only way to see whether it is still the one that was set
    private static RetryRules rules(CustomizedSettings settings, RetryConfig before, RetryConfig after) {
        boolean choosesFailures = !choice(before).equals(choice(after));
        if (choosesFailures) {
            settings.set("retryExceptions", List.of());
            settings.set("ignoreExceptions", List.of());
        }
        return new RetryRules(
                choosesFailures ? after.getExceptionPredicate() : null,
                after.getIntervalFunction() == OURS ? null : after.getIntervalBiFunction(),
                after.getConsumeResultBeforeRetryAttempt());
    }

    @SuppressWarnings("unchecked") // arrays know nothing of generics
    private static RetryConfig.Builder<Object> builder(CustomizedSettings settings) {
        RetryConfig.Builder<Object> builder = RetryConfig.custom().intervalFunction(OURS);
        if (settings.get("maxAttempts") instanceof Integer attempts && attempts >= 1) {
            builder.maxAttempts(attempts);
        }
        if (settings.get("retryExceptions") instanceof List<?> listed) {
            builder.retryExceptions(listed.toArray(Class[]::new));
        }
        if (settings.get("ignoreExceptions") instanceof List<?> listed) {
            builder.ignoreExceptions(listed.toArray(Class[]::new));
        }
        return builder;
    }

    /** Which failures are retried, as the configuration describes itself: the predicate made of all that is another each time. */
    private static String choice(RetryConfig config) {
        String text = config.toString();
        int predicate = text.indexOf("retryOnExceptionPredicate=");
        int result = text.indexOf("retryOnResultPredicate=");
        int lists = text.indexOf("retryExceptions=");
        return text.substring(predicate, result) + text.substring(lists);
    }

    @Override
    public Policy dress(PolicyRequest<?, ?> request, Policy made) {
        String name = request.id().instance();
        return made instanceof RetryPolicy policy
                ? new ObservedRetry(policy, rules.getOrDefault(name, RetryRules.NONE), record(name))
                : made;
    }

    private RetryRecord record(String name) {
        return records.computeIfAbsent(name, RetryRecord::new);
    }

    @Override
    public Policy undress(Policy dressed) {
        return dressed instanceof ObservedRetry observed ? observed.policy() : dressed;
    }

    @Override
    public void inForce(PolicyRequest<?, ?> request, Policy dressed) {
        if (!(dressed instanceof ObservedRetry policy)) {
            return;
        }
        String name = request.id().instance();
        RetryRegistry all = registry.obtain();
        var present = all.find(name).orElse(null);
        if (present instanceof RegisteredRetry known) {
            known.follow(policy);
            return;
        }
        if (present != null) {
            throw Taken.by("retry", request);
        }
        var made = all.retry(name, RegisteredRetry.describe(policy.policy().config()));
        all.replace(
                name,
                new RegisteredRetry(name, made.getTags(), request.runtime().timer(), record(name), policy));
    }
}
