package io.steadfast.failover.discovery;

import java.net.URI;
import java.util.Locale;
import java.util.Map;

import io.steadfast.core.Instance;
import org.springframework.cloud.client.ServiceInstance;

/**
 * An instance of a pool in Spring Cloud's words. Immutable.
 *
 * @param instance the instance
 */
public record PooledServiceInstance(Instance instance) implements ServiceInstance {

    @Override
    public String getInstanceId() {
        return instance.id();
    }

    @Override
    public String getServiceId() {
        return instance.pool();
    }

    @Override
    public String getHost() {
        return instance.uri().getHost();
    }

    @Override
    public int getPort() {
        int port = instance.uri().getPort();
        return port >= 0 ? port : isSecure() ? 443 : 80;
    }

    @Override
    public boolean isSecure() {
        String scheme = getScheme().toLowerCase(Locale.ROOT);
        return scheme.equals("https") || scheme.equals("wss");
    }

    @Override
    public URI getUri() {
        return instance.uri();
    }

    @Override
    public String getScheme() {
        return instance.uri().getScheme();
    }

    @Override
    public Map<String, String> getMetadata() {
        return instance.metadata();
    }
}
