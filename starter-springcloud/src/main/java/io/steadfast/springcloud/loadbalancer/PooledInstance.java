package io.steadfast.springcloud.loadbalancer;

import java.net.URI;
import java.util.Map;
import java.util.Objects;

import io.steadfast.core.Instance;
import org.springframework.cloud.client.ServiceInstance;

/**
 * An instance as Spring Cloud knows it. Immutable.
 *
 * @param instance the instance
 * @param held whether the call around the request has leased it, so that its outcome is booked there
 */
public record PooledInstance(Instance instance, boolean held) implements ServiceInstance {

    private static final int HTTPS = 443;

    private static final int HTTP = 80;

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
        String host = instance.uri().getHost();
        return host == null ? Objects.toString(instance.uri().getAuthority(), "") : host;
    }

    @Override
    public int getPort() {
        int port = instance.uri().getPort();
        return port >= 0 ? port : isSecure() ? HTTPS : HTTP;
    }

    @Override
    public boolean isSecure() {
        String scheme = instance.uri().getScheme();
        return "https".equalsIgnoreCase(scheme) || "wss".equalsIgnoreCase(scheme);
    }

    @Override
    public URI getUri() {
        return instance.uri();
    }

    @Override
    public Map<String, String> getMetadata() {
        return instance.metadata();
    }

    @Override
    public String getScheme() {
        return instance.uri().getScheme();
    }
}
