package io.steadfast.resilience4j.registry;

import java.util.Optional;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import io.steadfast.spring.PolicyProvider;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.util.function.SingletonSupplier;

/** Has resilience4j's customizers and registries take part in what the providers of our policies make. */
public final class ProviderObserver implements BeanPostProcessor {

    private final BeanFactory beans;

    /**
     * An observer.
     *
     * @param beans asked with the first provider only, because post-processors are made before all else
     */
    public ProviderObserver(BeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (!(bean instanceof PolicyProvider<?, ?> provider) || bean instanceof ObservedProvider<?, ?>) {
            return bean;
        }
        Optional<Kind> kind = Kind.of(provider.policy());
        return kind.isEmpty() ? bean : observed(provider, kind.get());
    }

    private ObservedProvider<?, ?> observed(PolicyProvider<?, ?> provider, Kind kind) {
        return new ObservedProvider<>(
                provider, beans.getBean(PolicyStores.class).of(kind), watch(kind));
    }

    private PolicyWatch watch(Kind kind) {
        Customizers customizers = beans.getBean(Customizers.class);
        return switch (kind) {
            case CIRCUIT_BREAKER -> new BreakerWatch(customizers);
            case RATE_LIMITER -> new LimiterWatch(customizers);
            case RETRY -> new RetryWatch(customizers, later(RetryRegistry.class));
            case BULKHEAD -> new BulkheadWatch(customizers, later(BulkheadRegistry.class));
            case TIME_LIMITER -> new TimeLimiterWatch(customizers, later(TimeLimiterRegistry.class));
        };
    }

    private <T> SingletonSupplier<T> later(Class<T> type) {
        return SingletonSupplier.of(() -> beans.getBean(type));
    }
}
