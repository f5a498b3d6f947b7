package io.steadfast.failover.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.Instance;
import io.steadfast.failover.InstanceSource;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.composite.CompositeDiscoveryClient;
import org.springframework.cloud.client.discovery.event.HeartbeatEvent;
import org.springframework.cloud.client.discovery.event.InstanceRegisteredEvent;
import org.springframework.cloud.client.discovery.event.ParentHeartbeatEvent;
import org.springframework.cloud.client.discovery.simple.InstanceProperties;
import org.springframework.cloud.client.discovery.simple.SimpleDiscoveryClient;
import org.springframework.cloud.client.discovery.simple.SimpleDiscoveryProperties;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.StaticApplicationContext;

class DiscoveryClientDirectoryTests {

    private final List<ServiceInstance> registered = new ArrayList<>();

    private final ServiceInstances instances = new ServiceInstances();

    private final DiscoverySignals signals = new DiscoverySignals();

    private final DiscoveryClient registry = new DiscoveryClient() {
        @Override
        public String description() {
            return "a registry";
        }

        @Override
        public List<ServiceInstance> getInstances(String service) {
            return List.copyOf(registered);
        }

        @Override
        public List<String> getServices() {
            return List.of();
        }
    };

    @Test
    void whenARegistryKnowsNothingYet_thenItServesTheNameAllTheSame() throws Exception {
        InstanceSource source = directory(registry).find("goods").orElseThrow();
        assertThat(source.instances()).isEmpty();

        registered.add(new DefaultServiceInstance("one", "goods", "10.0.0.1", 8080, false));

        assertThat(source.instances()).extracting(Instance::id).containsExactly("one");
        assertThat(instances.find("goods", "one")).isSameAs(registered.get(0));
    }

    @Test
    void whenOnlyPropertiesListServices_thenOthersAreNotServed() {
        SimpleDiscoveryProperties properties = new SimpleDiscoveryProperties();
        InstanceProperties one = new InstanceProperties();
        one.setServiceId("goods");
        one.setInstanceId("one");
        one.setHost("10.0.0.1");
        one.setPort(8080);
        properties.setInstances(Map.of("goods", List.of(one)));
        DiscoveryClient simple = new SimpleDiscoveryClient(properties);
        DiscoveryClient composite = new CompositeDiscoveryClient(new ArrayList<>(List.of(simple)));

        assertThat(directory(composite).find("goods")).isPresent();
        assertThat(directory(composite).find("other")).isEmpty();
        assertThat(directory(simple).find("other")).isEmpty();
        assertThat(directory(new CompositeDiscoveryClient(new ArrayList<>(List.of(simple, registry))))
                        .find("other"))
                .isPresent();
    }

    @Test
    void whenTheRegistryAnnouncesSomethingNew_thenPoolsAskAgain() {
        AtomicInteger changes = new AtomicInteger();
        Runnable stop = directory(registry).find("goods").orElseThrow().onChange(changes::incrementAndGet);

        signals.onApplicationEvent(new HeartbeatEvent(this, 1));
        signals.onApplicationEvent(new HeartbeatEvent(this, 1));
        assertThat(changes).as("a heartbeat that says the same is no news").hasValue(1);
        signals.onApplicationEvent(new ParentHeartbeatEvent(this, 2));
        signals.onApplicationEvent(new InstanceRegisteredEvent<>(this, "config"));
        signals.onApplicationEvent(new ContextClosedEvent(new StaticApplicationContext()));
        assertThat(changes).hasValue(3);

        stop.run();
        signals.onApplicationEvent(new HeartbeatEvent(this, 3));
        assertThat(changes).hasValue(3);
    }

    private DiscoveryClientDirectory directory(DiscoveryClient client) {
        return new DiscoveryClientDirectory(client, instances, signals);
    }
}
