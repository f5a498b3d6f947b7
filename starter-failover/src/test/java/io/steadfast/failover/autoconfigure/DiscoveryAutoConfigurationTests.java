package io.steadfast.failover.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;

import io.steadfast.failover.Failover;
import io.steadfast.failover.InstanceDirectory;
import io.steadfast.failover.discovery.DiscoveryClientDirectory;
import io.steadfast.failover.discovery.reactive.ReactiveDiscoveryDirectory;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import org.springframework.cloud.client.discovery.composite.CompositeDiscoveryClientAutoConfiguration;
import org.springframework.cloud.client.discovery.simple.SimpleDiscoveryClientAutoConfiguration;
import org.springframework.cloud.commons.util.UtilAutoConfiguration;
import reactor.core.publisher.Flux;

class DiscoveryAutoConfigurationTests {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    FailoverAutoConfiguration.class,
                    DiscoveryAutoConfiguration.class,
                    ResilienceAutoConfiguration.class,
                    UtilAutoConfiguration.class,
                    SimpleDiscoveryClientAutoConfiguration.class,
                    CompositeDiscoveryClientAutoConfiguration.class))
            .withBean(Shop.class)
            .withPropertyValues(
                    "spring.cloud.discovery.client.simple.instances.goods[0].uri=http://10.0.0.1:8080/api",
                    "spring.cloud.discovery.client.simple.instances.goods[0].instance-id=one",
                    "spring.cloud.discovery.client.simple.instances.goods[0].metadata.zone=a",
                    "spring.cloud.discovery.client.simple.instances.goods[0].metadata.rack=7");

    @Test
    void whenARegistryKnowsTheService_thenMethodsAreHandedWhatItSaid() {
        application
                .withPropertyValues("resilience.failover.instances.shop.service=goods")
                .run(context -> {
                    Shop shop = context.getBean(Shop.class);
                    ServiceInstance instance = shop.where(null, null);

                    assertThat(instance.getServiceId()).isEqualTo("goods");
                    assertThat(instance.getMetadata()).containsEntry("rack", "7");
                    assertThat(shop.lastAddress()).isEqualTo(instance.getUri());
                });
    }

    @Test
    void whenNoRegistryKnowsTheService_thenTheStartIsRefusedNamingIt() {
        application.run(context ->
                assertThat(context).getFailure().hasStackTraceContaining("no registry knows a service 'shop'"));
    }

    @Test
    void whenThereAreClientsOfBothKinds_thenThePlainOneIsAskedFirst() {
        application
                .withBean(ReactiveDiscoveryClient.class, NobodyThere::new)
                .withPropertyValues("resilience.failover.instances.shop.service=goods")
                .run(context -> assertThat(
                                context.getBeanProvider(InstanceDirectory.class).orderedStream())
                        .extracting(Object::getClass)
                        .isEqualTo(List.of(DiscoveryClientDirectory.class, ReactiveDiscoveryDirectory.class)));
    }

    private static final class NobodyThere implements ReactiveDiscoveryClient {

        @Override
        public String description() {
            return "nobody";
        }

        @Override
        public Flux<ServiceInstance> getInstances(String service) {
            return Flux.empty();
        }

        @Override
        public Flux<String> getServices() {
            return Flux.empty();
        }
    }

    static class Shop {

        private URI address;

        public URI lastAddress() {
            return address;
        }

        @Failover("shop")
        public ServiceInstance where(ServiceInstance instance, URI uri) {
            address = uri;
            return instance;
        }
    }
}
