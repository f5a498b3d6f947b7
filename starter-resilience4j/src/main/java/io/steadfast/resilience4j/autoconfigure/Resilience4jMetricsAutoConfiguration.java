package io.steadfast.resilience4j.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.bulkhead.ThreadPoolBulkheadRegistry;
import io.github.resilience4j.common.CompositeCustomizer;
import io.github.resilience4j.common.micrometer.configuration.CommonTimerConfigurationProperties;
import io.github.resilience4j.common.micrometer.configuration.TimerConfigCustomizer;
import io.github.resilience4j.core.registry.RegistryEventConsumer;
import io.github.resilience4j.micrometer.Timer;
import io.github.resilience4j.micrometer.TimerConfig;
import io.github.resilience4j.micrometer.TimerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedRateLimiterMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedRetryMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedThreadPoolBulkheadMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedTimeLimiterMetrics;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.steadfast.resilience4j.metrics.LaterResult;
import io.steadfast.resilience4j.metrics.LaterStage;
import io.steadfast.resilience4j.metrics.TimedMethods;
import io.steadfast.resilience4j.registry.PeerProperties;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * Publishes what resilience4j's registries show under its own meter names. The circuit breaker's meters are not here: its starter has
 * them. Each step back where the application binds resilience4j's own, or a property of resilience4j's switches them off.
 */
@AutoConfiguration(
        after = Resilience4jRegistriesAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass({MeterBinder.class, TaggedRetryMetrics.class})
public final class Resilience4jMetricsAutoConfiguration {

    /** Made by Spring. */
    public Resilience4jMetricsAutoConfiguration() {}

    @Bean
    @ConditionalOnBooleanProperty(name = "resilience4j.retry.metrics.enabled", matchIfMissing = true)
    @ConditionalOnMissingBean(
            type = {
                "io.github.resilience4j.micrometer.tagged.TaggedRetryMetrics",
                "io.github.resilience4j.micrometer.tagged.TaggedRetryMetricsPublisher"
            },
            search = SearchStrategy.CURRENT)
    TaggedRetryMetrics taggedRetryMetrics(RetryRegistry registry) {
        return TaggedRetryMetrics.ofRetryRegistry(registry);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "resilience4j.ratelimiter.metrics.enabled", matchIfMissing = true)
    @ConditionalOnMissingBean(
            type = {
                "io.github.resilience4j.micrometer.tagged.TaggedRateLimiterMetrics",
                "io.github.resilience4j.micrometer.tagged.TaggedRateLimiterMetricsPublisher"
            },
            search = SearchStrategy.CURRENT)
    TaggedRateLimiterMetrics taggedRateLimiterMetrics(RateLimiterRegistry registry) {
        return TaggedRateLimiterMetrics.ofRateLimiterRegistry(registry);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "resilience4j.bulkhead.metrics.enabled", matchIfMissing = true)
    @ConditionalOnMissingBean(
            type = {
                "io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetrics",
                "io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetricsPublisher"
            },
            search = SearchStrategy.CURRENT)
    TaggedBulkheadMetrics taggedBulkheadMetrics(BulkheadRegistry registry) {
        return TaggedBulkheadMetrics.ofBulkheadRegistry(registry);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "resilience4j.thread-pool-bulkhead.metrics.enabled", matchIfMissing = true)
    @ConditionalOnMissingBean(
            type = {
                "io.github.resilience4j.micrometer.tagged.TaggedThreadPoolBulkheadMetrics",
                "io.github.resilience4j.micrometer.tagged.TaggedThreadPoolBulkheadMetricsPublisher"
            },
            search = SearchStrategy.CURRENT)
    TaggedThreadPoolBulkheadMetrics taggedThreadPoolBulkheadMetrics(ThreadPoolBulkheadRegistry registry) {
        return TaggedThreadPoolBulkheadMetrics.ofThreadPoolBulkheadRegistry(registry);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "resilience4j.timelimiter.metrics.enabled", matchIfMissing = true)
    @ConditionalOnMissingBean(
            type = {
                "io.github.resilience4j.micrometer.tagged.TaggedTimeLimiterMetrics",
                "io.github.resilience4j.micrometer.tagged.TaggedTimeLimiterMetricsPublisher"
            },
            search = SearchStrategy.CURRENT)
    TaggedTimeLimiterMetrics taggedTimeLimiterMetrics(TimeLimiterRegistry registry) {
        return TaggedTimeLimiterMetrics.ofTimeLimiterRegistry(registry);
    }

    /** Apart, because it needs a registry of meters, and nothing without one. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(MeterRegistry.class)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static class Timers {

        @Bean
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        static TimerRegistry timerRegistry(
                BeanFactory beans,
                ObjectProvider<RegistryEventConsumer<Timer>> consumers,
                ObjectProvider<TimerConfigCustomizer> customizers) {
            CommonTimerConfigurationProperties section = beans.getBean(PeerProperties.class)
                    .section("micrometer.timer", CommonTimerConfigurationProperties.class);
            CompositeCustomizer<TimerConfigCustomizer> customized =
                    new CompositeCustomizer<>(customizers.orderedStream().toList());
            Map<String, TimerConfig> shared = new LinkedHashMap<>();
            section.getConfigs()
                    .forEach((name, config) -> shared.put(name, section.createTimerConfig(config, customized, name)));
            TimerRegistry registry = TimerRegistry.of(
                    shared.getOrDefault("default", TimerConfig.ofDefaults()),
                    shared,
                    consumers.orderedStream().toList(),
                    section.getTags(),
                    beans.getBean(MeterRegistry.class));
            Set<String> names = new LinkedHashSet<>(section.getInstances().keySet());
            names.addAll(customized.instanceNames());
            names.removeAll(shared.keySet());
            names.forEach(name -> registry.timer(name, section.createTimerConfig(name, customized)));
            return registry;
        }

        @Bean
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static TimedMethods resilience4jTimedMethods(ConfigurableBeanFactory beans) {
            List<LaterResult> later = new ArrayList<>(List.of(new LaterStage()));
            if (ClassUtils.isPresent("reactor.core.publisher.Mono", beans.getBeanClassLoader())) {
                later.add(new LaterPublisher());
            }
            return new TimedMethods(SingletonSupplier.of(() -> beans.getBean(TimerRegistry.class)), later, beans);
        }
    }
}
