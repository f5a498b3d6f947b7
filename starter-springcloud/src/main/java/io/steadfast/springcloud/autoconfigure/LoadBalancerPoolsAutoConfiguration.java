package io.steadfast.springcloud.autoconfigure;

import java.util.Map;
import java.util.Set;

import io.steadfast.core.PolicyRuntime;
import io.steadfast.failover.FailoverPolicy;
import io.steadfast.spring.NamedCalls;
import io.steadfast.springcloud.autoconfigure.SpringCloudProperties.LoadBalancer.Services;
import io.steadfast.springcloud.loadbalancer.LeaseLifecycle;
import io.steadfast.springcloud.loadbalancer.OpenLeases;
import io.steadfast.springcloud.loadbalancer.ServicePools;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClientSpecification;
import org.springframework.cloud.loadbalancer.core.ReactorServiceInstanceLoadBalancer;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Lets our pools pick wherever Spring Cloud LoadBalancer is asked: for {@code @LoadBalanced} clients, {@code lb://} routes of a gateway and
 * Feign clients.
 */
@AutoConfiguration(
        after = SpringCloudCircuitBreakerAutoConfiguration.class,
        afterName = {
            "io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration",
            "io.steadfast.failover.autoconfigure.FailoverAutoConfiguration"
        })
@ConditionalOnClass({FailoverPolicy.class, ReactorServiceInstanceLoadBalancer.class, LoadBalancerClientFactory.class})
@ConditionalOnBooleanProperty(name = "resilience.spring-cloud.load-balancer.enabled", matchIfMissing = true)
@ConditionalOnBean(NamedCalls.class)
public final class LoadBalancerPoolsAutoConfiguration {

    private static final boolean SERVLETS = ClassUtils.isPresent(
            "org.springframework.web.servlet.function.ServerResponse",
            LoadBalancerPoolsAutoConfiguration.class.getClassLoader());

    /** Made by Spring. */
    public LoadBalancerPoolsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    static ServicePools resilienceServicePools(NamedCalls calls, Environment environment, PolicyRuntime runtime) {
        Binder binder = Binder.get(environment);
        Services services = binder.bindOrCreate("resilience.spring-cloud", SpringCloudProperties.class)
                .getLoadBalancer()
                .getServices();
        Set<String> configured = binder.bind(
                        "resilience.failover.instances", Bindable.mapOf(String.class, Object.class))
                .map(Map::keySet)
                .orElse(Set.of());
        return new ServicePools(calls, services == Services.ALL, configured, runtime.ticker());
    }

    @Bean
    @ConditionalOnMissingBean
    static OpenLeases resilienceOpenLeases(PolicyRuntime runtime) {
        return new OpenLeases(runtime);
    }

    @Bean
    static LeaseLifecycle resilienceLeaseLifecycle(ServicePools pools, OpenLeases open) {
        return new LeaseLifecycle(
                pools,
                open,
                answer -> SERVLETS && answer instanceof ServerResponse response ? response.statusCode() : null);
    }

    /** Spring Cloud's way of saying what is in the context of every service. */
    @Bean
    static LoadBalancerClientSpecification resilienceLoadBalancerSpecification() {
        return new LoadBalancerClientSpecification(
                "default." + PooledLoadBalancerConfiguration.class.getName(),
                new Class<?>[] {PooledLoadBalancerConfiguration.class});
    }

    /** A gateway does not tell its load balancer that its caller has gone. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(GlobalFilter.class)
    static class Gateway {

        @Bean
        static CancelledRoutes resilienceCancelledRoutes(OpenLeases open) {
            return new CancelledRoutes(open);
        }
    }
}
