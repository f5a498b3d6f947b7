package io.steadfast.resilience4j.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.bulkhead.ThreadPoolBulkheadConfig;
import io.github.resilience4j.bulkhead.ThreadPoolBulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.common.CompositeCustomizer;
import io.github.resilience4j.common.CustomizerWithName;
import io.github.resilience4j.common.bulkhead.configuration.CommonBulkheadConfigurationProperties;
import io.github.resilience4j.common.bulkhead.configuration.CommonThreadPoolBulkheadConfigurationProperties;
import io.github.resilience4j.common.bulkhead.configuration.ThreadPoolBulkheadConfigCustomizer;
import io.github.resilience4j.common.circuitbreaker.configuration.CommonCircuitBreakerConfigurationProperties;
import io.github.resilience4j.common.ratelimiter.configuration.CommonRateLimiterConfigurationProperties;
import io.github.resilience4j.common.retry.configuration.CommonRetryConfigurationProperties;
import io.github.resilience4j.common.timelimiter.configuration.CommonTimeLimiterConfigurationProperties;
import io.github.resilience4j.core.registry.RegistryEventConsumer;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryRegistry;
import io.github.resilience4j.timelimiter.TimeLimiter;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import io.steadfast.resilience4j.registry.ConfiguredPolicies;
import io.steadfast.resilience4j.registry.Customizers;
import io.steadfast.resilience4j.registry.PeerProperties;
import io.steadfast.resilience4j.registry.PolicyStores;
import io.steadfast.resilience4j.registry.ProviderObserver;
import io.steadfast.resilience4j.registry.TimeLimiterListener;
import io.steadfast.spring.CallCatalogue;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;

/**
 * resilience4j's registries as beans, over our policies, and its customizers. Before the starters, whose registries step back for these,
 * and before the machinery that checks at start-up which configured names are used.
 */
@AutoConfiguration(
        beforeName = {
            "io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration",
            "io.steadfast.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration",
            "io.steadfast.ratelimiter.autoconfigure.RateLimiterAutoConfiguration"
        })
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public final class Resilience4jRegistriesAutoConfiguration {

    /** Made by Spring. */
    public Resilience4jRegistriesAutoConfiguration() {}

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static ProviderObserver resilience4jProviderObserver(BeanFactory beans) {
        return new ProviderObserver(beans);
    }

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    static PeerProperties resilience4jPeerProperties(Environment environment) {
        return new PeerProperties(environment);
    }

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    static Customizers resilience4jCustomizers(BeanFactory beans) {
        return new Customizers(beans);
    }

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    static ConfiguredPolicies resilience4jConfiguredPolicies(BeanFactory beans) {
        return new ConfiguredPolicies(beans.getBean(PeerProperties.class), beans.getBean(Customizers.class), beans);
    }

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    static PolicyStores resilience4jPolicyStores(BeanFactory beans) {
        return new PolicyStores(beans.getBean(ConfiguredPolicies.class));
    }

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    static CircuitBreakerRegistry circuitBreakerRegistry(
            BeanFactory beans, ObjectProvider<RegistryEventConsumer<CircuitBreaker>> consumers) {
        var section = section(beans, "circuitbreaker", CommonCircuitBreakerConfigurationProperties.class);
        var shared = shared(
                section.getConfigs(),
                (name, config) -> section.createCircuitBreakerConfig(name, config, uncustomized()));
        return stores(beans).circuitBreakers(shared, section.getTags(), () -> list(consumers));
    }

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    static RateLimiterRegistry rateLimiterRegistry(
            BeanFactory beans, ObjectProvider<RegistryEventConsumer<RateLimiter>> consumers) {
        var section = section(beans, "ratelimiter", CommonRateLimiterConfigurationProperties.class);
        var shared = shared(
                section.getConfigs(), (name, config) -> section.createRateLimiterConfig(config, uncustomized(), name));
        return stores(beans).rateLimiters(shared, section.getTags(), () -> list(consumers));
    }

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    static RetryRegistry retryRegistry(BeanFactory beans, ObjectProvider<RegistryEventConsumer<Retry>> consumers) {
        var section = section(beans, "retry", CommonRetryConfigurationProperties.class);
        var shared =
                shared(section.getConfigs(), (name, config) -> section.createRetryConfig(config, uncustomized(), name));
        return stores(beans).retries(shared, section.getTags(), () -> list(consumers));
    }

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    static BulkheadRegistry bulkheadRegistry(
            BeanFactory beans, ObjectProvider<RegistryEventConsumer<Bulkhead>> consumers) {
        var section = section(beans, "bulkhead", CommonBulkheadConfigurationProperties.class);
        var shared = shared(
                section.getConfigs(), (name, config) -> section.createBulkheadConfig(config, uncustomized(), name));
        return stores(beans).bulkheads(shared, section.getTags(), () -> list(consumers));
    }

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    static TimeLimiterRegistry timeLimiterRegistry(
            BeanFactory beans, ObjectProvider<RegistryEventConsumer<TimeLimiter>> consumers) {
        var section = section(beans, "timelimiter", CommonTimeLimiterConfigurationProperties.class);
        var shared = shared(
                section.getConfigs(), (name, config) -> section.createTimeLimiterConfig(name, config, uncustomized()));
        return stores(beans).timeLimiters(shared, section.getTags(), () -> list(consumers));
    }

    /** Pools are resilience4j's own: code that submits tasks to them does so as ever, and guarded methods do not. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    static ThreadPoolBulkheadRegistry threadPoolBulkheadRegistry(
            BeanFactory beans, ObjectProvider<ThreadPoolBulkheadConfigCustomizer> customizers) {
        var section = section(beans, "thread-pool-bulkhead", CommonThreadPoolBulkheadConfigurationProperties.class);
        var customized = new CompositeCustomizer<>(customizers.orderedStream().toList());
        Map<String, ThreadPoolBulkheadConfig> shared = shared(
                section.getConfigs(),
                (name, config) -> section.createThreadPoolBulkheadConfig(config, customized, name));
        ThreadPoolBulkheadRegistry registry = ThreadPoolBulkheadRegistry.of(shared, section.getTags());
        section.getInstances()
                .forEach((name, instance) ->
                        registry.bulkhead(name, section.createThreadPoolBulkheadConfig(instance, customized, name)));
        return registry;
    }

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static TimeLimiterListener resilience4jTimeLimiterListener(
            ObjectProvider<TimeLimiterRegistry> registry, ObjectProvider<CallCatalogue> catalogue) {
        return new TimeLimiterListener(registry::getIfAvailable, catalogue::getIfAvailable);
    }

    private static PolicyStores stores(BeanFactory beans) {
        return beans.getBean(PolicyStores.class);
    }

    private static <T> T section(BeanFactory beans, String section, Class<T> type) {
        return beans.getBean(PeerProperties.class).section(section, type);
    }

    private static <P, C> Map<String, C> shared(Map<String, P> described, BiFunction<String, P, C> make) {
        Map<String, C> made = new LinkedHashMap<>();
        described.forEach((name, properties) -> made.put(name, make.apply(name, properties)));
        return made;
    }

    private static <C extends CustomizerWithName> CompositeCustomizer<C> uncustomized() {
        return new CompositeCustomizer<>(List.of());
    }

    private static <E> List<RegistryEventConsumer<E>> list(ObjectProvider<RegistryEventConsumer<E>> consumers) {
        return consumers.orderedStream().toList();
    }
}
