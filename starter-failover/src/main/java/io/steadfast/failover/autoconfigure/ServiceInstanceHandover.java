package io.steadfast.failover.autoconfigure;

import java.net.URI;

import io.steadfast.core.Instance;
import io.steadfast.failover.discovery.PooledServiceInstance;
import io.steadfast.failover.discovery.ServiceInstances;
import org.springframework.cloud.client.ServiceInstance;

/** Hands over what the registry said, or, for an instance that comes from elsewhere, the same in Spring Cloud's words. */
record ServiceInstanceHandover(String service, ServiceInstances registered) implements Handover {

    @Override
    public Class<?> type() {
        return ServiceInstance.class;
    }

    @Override
    public Object of(Instance instance) {
        ServiceInstance found = registered.find(service, instance.id());
        return found == null ? new PooledServiceInstance(instance) : found;
    }

    @Override
    public URI addressOf(Object passed) {
        return ((ServiceInstance) passed).getUri();
    }
}
