package io.steadfast.failover.discovery.reactive;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.steadfast.core.Instance;
import io.steadfast.failover.InstanceDirectory;
import io.steadfast.failover.InstanceSource;
import io.steadfast.failover.discovery.DiscoverySignals;
import io.steadfast.failover.discovery.ServiceInstances;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import org.springframework.cloud.client.discovery.composite.reactive.ReactiveCompositeDiscoveryClient;
import org.springframework.cloud.client.discovery.simple.reactive.SimpleReactiveDiscoveryClient;

/**
 * A {@link ReactiveDiscoveryClient} as a directory. It serves every name, but for one that merely lists what properties say: that knows a
 * service from the start or never. Pools ask on a thread that may block. Thread-safe.
 */
public final class ReactiveDiscoveryDirectory implements InstanceDirectory {

    /** A registry that says nothing for so long is down; the pool goes on with what it was told before. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ReactiveDiscoveryClient client;

    private final ServiceInstances instances;

    private final DiscoverySignals signals;

    /**
     * A directory.
     *
     * @param client asks the registry
     * @param instances keeps what it says
     * @param signals says when to ask again
     */
    public ReactiveDiscoveryDirectory(
            ReactiveDiscoveryClient client, ServiceInstances instances, DiscoverySignals signals) {
        this.client = client;
        this.instances = instances;
        this.signals = signals;
    }

    @Override
    public Optional<InstanceSource> find(String service) {
        if (isOfProperties(client) && ask(service).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Service(service));
    }

    private static boolean isOfProperties(ReactiveDiscoveryClient client) {
        return client instanceof ReactiveCompositeDiscoveryClient composite
                ? composite.getDiscoveryClients().stream().allMatch(ReactiveDiscoveryDirectory::isOfProperties)
                : client instanceof SimpleReactiveDiscoveryClient;
    }

    private List<ServiceInstance> ask(String service) {
        return Objects.requireNonNull(client.getInstances(service).collectList().block(PATIENCE));
    }

    private final class Service implements InstanceSource {

        private final String name;

        Service(String name) {
            this.name = name;
        }

        @Override
        public List<Instance> instances() {
            return instances.remember(name, ask(name));
        }

        @Override
        public Runnable onChange(Runnable changed) {
            return signals.onChange(changed);
        }
    }
}
