package io.steadfast.failover.discovery.reactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;

import io.steadfast.core.Instance;
import io.steadfast.failover.discovery.DiscoverySignals;
import io.steadfast.failover.discovery.ServiceInstances;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import org.springframework.cloud.client.discovery.composite.reactive.ReactiveCompositeDiscoveryClient;
import org.springframework.cloud.client.discovery.simple.InstanceProperties;
import org.springframework.cloud.client.discovery.simple.reactive.SimpleReactiveDiscoveryClient;
import org.springframework.cloud.client.discovery.simple.reactive.SimpleReactiveDiscoveryProperties;
import reactor.core.publisher.Flux;

class ReactiveDiscoveryDirectoryTests {

    private static final DefaultServiceInstance ONE =
            new DefaultServiceInstance("one", "goods", "10.0.0.1", 8080, false);

    @Test
    void whenARegistryAnswers_thenItsInstancesAreThePools() throws Exception {
        assertThat(directory(registry(Flux.just(ONE)))
                        .find("goods")
                        .orElseThrow()
                        .instances())
                .extracting(Instance::id)
                .containsExactly("one");
    }

    @Test
    void whenARegistryFails_thenThePoolHearsOfIt() {
        ReactiveDiscoveryDirectory directory = directory(registry(Flux.error(new IllegalStateException("down"))));

        assertThatThrownBy(() -> directory.find("goods").orElseThrow().instances())
                .hasMessageContaining("down");
    }

    @Test
    void whenOnlyPropertiesListServices_thenOthersAreNotServed() {
        SimpleReactiveDiscoveryProperties properties = new SimpleReactiveDiscoveryProperties();
        InstanceProperties one = new InstanceProperties();
        one.setServiceId("goods");
        one.setInstanceId("one");
        one.setHost("10.0.0.1");
        one.setPort(8080);
        properties.setInstances(Map.of("goods", List.of(one)));
        ReactiveDiscoveryClient composite =
                new ReactiveCompositeDiscoveryClient(List.of(new SimpleReactiveDiscoveryClient(properties)));

        assertThat(directory(composite).find("goods")).isPresent();
        assertThat(directory(composite).find("other")).isEmpty();
    }

    private static ReactiveDiscoveryDirectory directory(ReactiveDiscoveryClient client) {
        return new ReactiveDiscoveryDirectory(client, new ServiceInstances(), new DiscoverySignals());
    }

    private static ReactiveDiscoveryClient registry(Flux<ServiceInstance> answer) {
        return new ReactiveDiscoveryClient() {
            @Override
            public String description() {
                return "a registry";
            }

            @Override
            public Flux<ServiceInstance> getInstances(String service) {
                return answer;
            }

            @Override
            public Flux<String> getServices() {
                return Flux.empty();
            }
        };
    }
}
