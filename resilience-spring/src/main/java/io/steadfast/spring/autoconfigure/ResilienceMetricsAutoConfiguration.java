package io.steadfast.spring.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.metrics.MeterListener;
import io.steadfast.spring.metrics.MeterSettings;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Counts and times guarded calls where there is a meter registry. Without one no listener is made, so that calls are spared
 * the two clock readings a timer costs.
 */
@AutoConfiguration(
        after = ResilienceAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
@ConditionalOnBooleanProperty(name = "resilience.metrics.enabled", matchIfMissing = true)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public final class ResilienceMetricsAutoConfiguration {

    private static final List<String> PEERS_METERS = Stream.of("Retry", "RateLimiter", "Bulkhead", "TimeLimiter")
            .flatMap(kind -> Stream.of(kind + "Metrics", kind + "MetricsPublisher"))
            .map(meters -> "io.github.resilience4j.micrometer.tagged.Tagged" + meters)
            .toList();

    /** Made by Spring. */
    public ResilienceMetricsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static MeterListener resilienceMeterListener(
            ObjectProvider<MeterRegistry> registries,
            ObjectProvider<CallCatalogue> catalogue,
            ConfigurableListableBeanFactory beans,
            Environment environment) {
        return new MeterListener(registries, catalogue, settings(beans, environment));
    }

    /** The names of resilience4j are left to those who bring resilience4j's own meters, or each call would be counted twice. */
    private static MeterSettings settings(ConfigurableListableBeanFactory beans, Environment environment) {
        ResilienceMetricsProperties properties =
                Binder.get(environment).bindOrCreate("resilience.metrics", ResilienceMetricsProperties.class);
        boolean peersNames = Boolean.TRUE.equals(properties.getResilience4jNames()) && !bringsItsOwn(beans);
        List<Duration> buckets = properties.getLatencyBuckets();
        return new MeterSettings(buckets == null ? MeterSettings.DEFAULTS.latencyBuckets() : buckets, peersNames);
    }

    private static boolean bringsItsOwn(ConfigurableListableBeanFactory beans) {
        ClassLoader loader = beans.getBeanClassLoader();
        return PEERS_METERS.stream()
                .filter(meters -> ClassUtils.isPresent(meters, loader))
                .map(meters -> ClassUtils.resolveClassName(meters, loader))
                .anyMatch(meters -> beans.getBeanNamesForType(meters, true, false).length > 0);
    }
}
