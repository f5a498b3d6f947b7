package io.steadfast.failover.discovery;

import java.lang.reflect.UndeclaredThrowableException;
import java.util.List;
import java.util.Optional;

import io.steadfast.core.Instance;
import io.steadfast.failover.InstanceDirectory;
import io.steadfast.failover.InstanceSource;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.composite.CompositeDiscoveryClient;
import org.springframework.cloud.client.discovery.simple.SimpleDiscoveryClient;

/**
 * A {@link DiscoveryClient} as a directory. It serves every name, since a registry may come to know a service at any time; but not one
 * that merely lists what properties say: that knows a service from the start or never. Thread-safe.
 */
public final class DiscoveryClientDirectory implements InstanceDirectory {

    private final DiscoveryClient client;

    private final ServiceInstances instances;

    private final DiscoverySignals signals;

    /**
     * A directory.
     *
     * @param client asks the registry; may block
     * @param instances keeps what it says
     * @param signals says when to ask again
     */
    public DiscoveryClientDirectory(DiscoveryClient client, ServiceInstances instances, DiscoverySignals signals) {
        this.client = client;
        this.instances = instances;
        this.signals = signals;
    }

    @Override
    public Optional<InstanceSource> find(String service) {
        if (isOfProperties(client) && client.getInstances(service).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Service(service));
    }

    private static boolean isOfProperties(DiscoveryClient client) {
        return client instanceof CompositeDiscoveryClient composite
                ? composite.getDiscoveryClients().stream().allMatch(DiscoveryClientDirectory::isOfProperties)
                : client instanceof SimpleDiscoveryClient;
    }

    private final class Service implements InstanceSource {

        private final String name;

        Service(String name) {
            this.name = name;
        }

        @Override
        public List<Instance> instances() throws Exception {
            try {
                return instances.remember(name, client.getInstances(name));
            } catch (UndeclaredThrowableException wrapped) { // ZooKeeper's client; by itself it says nothing
                throw wrapped.getCause() instanceof Exception cause ? cause : wrapped;
            }
        }

        @Override
        public Runnable onChange(Runnable changed) {
            return signals.onChange(changed);
        }
    }
}
