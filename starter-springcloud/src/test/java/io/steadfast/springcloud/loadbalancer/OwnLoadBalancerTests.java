package io.steadfast.springcloud.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;

import io.steadfast.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import io.steadfast.failover.FailoverPolicy;
import io.steadfast.failover.autoconfigure.DiscoveryAutoConfiguration;
import io.steadfast.failover.autoconfigure.FailoverAutoConfiguration;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import io.steadfast.springcloud.autoconfigure.LoadBalancerPoolsAutoConfiguration;
import io.steadfast.springcloud.autoconfigure.SpringCloudCircuitBreakerAutoConfiguration;
import io.steadfast.springcloud.loadbalancer.reactive.PooledLoadBalancer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.client.CommonsClientAutoConfiguration;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.composite.CompositeDiscoveryClientAutoConfiguration;
import org.springframework.cloud.client.discovery.simple.SimpleDiscoveryClientAutoConfiguration;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.cloud.commons.util.UtilAutoConfiguration;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClients;
import org.springframework.cloud.loadbalancer.config.BlockingLoadBalancerClientAutoConfiguration;
import org.springframework.cloud.loadbalancer.config.LoadBalancerAutoConfiguration;
import org.springframework.cloud.loadbalancer.core.RandomLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ReactorLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ReactorServiceInstanceLoadBalancer;
import org.springframework.cloud.loadbalancer.core.RoundRobinLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Who picks for a service: the application's own load balancer, the pool, or Spring Cloud. */
class OwnLoadBalancerTests {

    private static ApplicationContextRunner runner() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        ResilienceAutoConfiguration.class,
                        FailoverAutoConfiguration.class,
                        DiscoveryAutoConfiguration.class,
                        SpringCloudCircuitBreakerAutoConfiguration.class,
                        LoadBalancerPoolsAutoConfiguration.class,
                        UtilAutoConfiguration.class,
                        CommonsClientAutoConfiguration.class,
                        SimpleDiscoveryClientAutoConfiguration.class,
                        CompositeDiscoveryClientAutoConfiguration.class,
                        LoadBalancerAutoConfiguration.class,
                        BlockingLoadBalancerClientAutoConfiguration.class))
                .withPropertyValues("spring.cloud.discovery.client.simple.instances.stock[0].uri=http://10.0.0.1:8080");
    }

    private static @Nullable Object balancer(ApplicationContext context) {
        return context.getBean(LoadBalancerClientFactory.class).getInstance("stock");
    }

    private static URI chosen(ApplicationContext context) {
        ServiceInstance chosen = context.getBean(LoadBalancerClient.class).choose("stock");
        assertThat(chosen).isNotNull();
        return chosen.getUri();
    }

    @Test
    void whenNobodySaysAnything_thenThePoolPicks() {
        runner().run(context -> {
            assertThat(balancer(context)).isInstanceOf(PooledLoadBalancer.class);
            assertThat(chosen(context)).isEqualTo(URI.create("http://10.0.0.1:8080"));
        });
    }

    @Test
    void whenAServiceHasNoInstances_thenNoneIsPicked() {
        runner().run(context -> assertThat(
                        context.getBean(LoadBalancerClient.class).choose("nobody"))
                .isNull());
    }

    @Test
    void whenTheApplicationDeclaresALoadBalancer_thenItPicks() {
        runner().withUserConfiguration(Declared.class).run(context -> {
            assertThat(balancer(context)).isInstanceOf(RandomLoadBalancer.class);
            assertThat(chosen(context)).isEqualTo(URI.create("http://10.0.0.1:8080"));
        });
    }

    @Test
    void whenFailoverIsSwitchedOffForAService_thenSpringCloudPicks() {
        runner().withPropertyValues("resilience.failover.instances.stock.enabled=false")
                .run(context -> {
                    assertThat(context.getBean(ServicePools.class).of("stock")).isEmpty();
                    assertThat(chosen(context)).isEqualTo(URI.create("http://10.0.0.1:8080"));
                });
    }

    @Test
    void whenTheBridgeIsOff_thenNothingOfItIsThere() {
        runner().withPropertyValues("resilience.spring-cloud.load-balancer.enabled=false")
                .run(context -> assertThat(balancer(context)).isInstanceOf(RoundRobinLoadBalancer.class));
    }

    @ParameterizedTest
    @ValueSource(classes = {FailoverPolicy.class, ReactorServiceInstanceLoadBalancer.class})
    void whenAPartIsAbsent_thenTheRestStarts(Class<?> absent) {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        ResilienceAutoConfiguration.class,
                        CircuitBreakerAutoConfiguration.class,
                        SpringCloudCircuitBreakerAutoConfiguration.class,
                        LoadBalancerPoolsAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader(absent))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context).doesNotHaveBean("resilienceServicePools");
                });
    }

    @Test
    void whenAnInstanceIsNamedInTheProperties_thenItNeedsNoRegistry() {
        runner().withPropertyValues("resilience.failover.instances.stock.urls=http://10.0.0.2:8080")
                .run(context -> assertThat(chosen(context)).isEqualTo(URI.create("http://10.0.0.2:8080")));
    }

    @Test
    void whenAServiceIsAskedFor_thenItIsSeenAmongTheCalls() {
        runner().run(context -> {
            chosen(context);

            assertThat(context.getBean(CallCatalogue.class)
                            .find("stock")
                            .orElseThrow()
                            .methods())
                    .isEqualTo(List.of("Spring Cloud load balancer for 'stock'"));
        });
    }

    @Configuration(proxyBeanMethods = false)
    @LoadBalancerClients(defaultConfiguration = RandomChoice.class)
    static class Declared {}

    /** No bean of the application itself. */
    static class RandomChoice {

        @Bean
        ReactorLoadBalancer<ServiceInstance> random(Environment environment, LoadBalancerClientFactory clients) {
            String name = LoadBalancerClientFactory.getName(environment);
            return new RandomLoadBalancer(clients.getLazyProvider(name, ServiceInstanceListSupplier.class), name);
        }
    }
}
