package io.steadfast.failover.autoconfigure;

import io.steadfast.failover.InstanceDirectory;
import io.steadfast.failover.discovery.DiscoveryClientDirectory;
import io.steadfast.failover.discovery.DiscoverySignals;
import io.steadfast.failover.discovery.ServiceInstances;
import io.steadfast.failover.discovery.reactive.ReactiveDiscoveryDirectory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Lets pools ask Spring Cloud's registries. They come after all directories of the application's own; of a registry that can be asked in
 * both ways, the plain client is asked.
 */
@AutoConfiguration(
        afterName = {
            "org.springframework.cloud.client.discovery.composite.CompositeDiscoveryClientAutoConfiguration",
            "org.springframework.cloud.client.discovery.composite.reactive.ReactiveCompositeDiscoveryClientAutoConfiguration"
        })
@ConditionalOnClass(name = "org.springframework.cloud.client.ServiceInstance")
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public final class DiscoveryAutoConfiguration {

    private static final int AFTER_OTHERS = Ordered.LOWEST_PRECEDENCE - 10;

    /** Made by Spring. */
    public DiscoveryAutoConfiguration() {}

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static ServiceInstances resilienceServiceInstances() {
        return new ServiceInstances();
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static DiscoverySignals resilienceDiscoverySignals() {
        return new DiscoverySignals();
    }

    /** Plain clients. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(DiscoveryClient.class)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static class Plain {

        @Bean
        @Order(AFTER_OTHERS)
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static InstanceDirectory resilienceDiscoveryClientDirectory(
                DiscoveryClient client, ServiceInstances instances, DiscoverySignals signals) {
            return new DiscoveryClientDirectory(client, instances, signals);
        }
    }

    /** Clients that answer with publishers. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "reactor.core.publisher.Flux")
    @ConditionalOnBean(ReactiveDiscoveryClient.class)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static class Reactive {

        @Bean
        @Order(AFTER_OTHERS + 1)
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static InstanceDirectory resilienceReactiveDiscoveryDirectory(
                ReactiveDiscoveryClient client, ServiceInstances instances, DiscoverySignals signals) {
            return new ReactiveDiscoveryDirectory(client, instances, signals);
        }
    }
}
