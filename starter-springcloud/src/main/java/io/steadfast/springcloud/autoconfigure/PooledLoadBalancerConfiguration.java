package io.steadfast.springcloud.autoconfigure;

import io.steadfast.core.PolicyRuntime;
import io.steadfast.springcloud.loadbalancer.OpenLeases;
import io.steadfast.springcloud.loadbalancer.ServicePools;
import io.steadfast.springcloud.loadbalancer.reactive.PooledLoadBalancer;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.loadbalancer.core.ReactorLoadBalancer;
import org.springframework.cloud.loadbalancer.core.RoundRobinLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.core.env.Environment;

/**
 * The load balancer in the context that Spring Cloud makes for each service. One that the application has declared itself, for this
 * service or for all of them, comes before it.
 */
@Configuration(proxyBeanMethods = false)
class PooledLoadBalancerConfiguration {

    @Bean
    @Fallback
    @ConditionalOnMissingBean(ReactorLoadBalancer.class)
    static PooledLoadBalancer resilienceLoadBalancer(
            Environment environment,
            LoadBalancerClientFactory clients,
            ServicePools pools,
            OpenLeases open,
            PolicyRuntime runtime) {
        String service = String.valueOf(LoadBalancerClientFactory.getName(environment));
        RoundRobinLoadBalancer other = new RoundRobinLoadBalancer(
                clients.getLazyProvider(service, ServiceInstanceListSupplier.class), service);
        return new PooledLoadBalancer(service, pools, open, runtime.timer(), other);
    }
}
