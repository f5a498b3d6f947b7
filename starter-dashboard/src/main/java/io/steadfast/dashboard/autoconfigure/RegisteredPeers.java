package io.steadfast.dashboard.autoconfigure;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.steadfast.dashboard.peers.Peer;
import io.steadfast.dashboard.peers.PeerSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.core.env.Environment;
import org.springframework.web.util.UriComponentsBuilder;

/** The instances that a registry names, and those of the list. What one of them is set to, all of them are: they are one service. */
final class RegisteredPeers implements PeerSource {

    private static final String MANAGEMENT_PORT = "management.port";

    private final ObjectProvider<DiscoveryClient> clients;

    private final List<Peer> listed;

    private final String service;

    private final boolean ownPort;

    private final @Nullable String usualPort;

    private final String prefix;

    RegisteredPeers(ObjectProvider<DiscoveryClient> clients, DashboardProperties properties, Environment environment) {
        this.clients = clients;
        this.listed = properties.checkedInstances().stream().map(Peer::of).toList();
        this.service = service(String.valueOf(properties.getService()), environment);
        this.ownPort = ManagementPortType.get(environment) == ManagementPortType.DIFFERENT;
        this.usualPort = environment.getProperty("management.server.port");
        this.prefix = ownPort
                ? slashed(environment.getProperty("management.server.base-path", ""))
                : slashed(environment.getProperty("server.servlet.context-path", ""))
                        + slashed(environment.getProperty("spring.mvc.servlet.path", ""))
                        + slashed(environment.getProperty("spring.webflux.base-path", ""));
    }

    private static String service(String setting, Environment environment) {
        if (!setting.equals("true")) {
            return setting;
        }
        String name = environment.getProperty("spring.application.name");
        if (name == null) {
            throw new InvalidConfigurationPropertyValueException(
                    "resilience.dashboard.service",
                    setting,
                    "The application has no name: set spring.application.name, or name the service here.");
        }
        return name;
    }

    private static String slashed(String path) {
        String stripped = path.replaceAll("^/+|/+$", "");
        return stripped.isEmpty() ? "" : "/" + stripped;
    }

    @Override
    public List<Peer> peers() {
        Map<URI, Peer> peers = new LinkedHashMap<>();
        listed.forEach(peer -> peers.put(peer.uri(), peer));
        clients.orderedStream()
                .flatMap(client -> client.getInstances(service).stream())
                .map(this::peer)
                .forEach(peer -> peers.putIfAbsent(peer.uri(), peer));
        return new ArrayList<>(peers.values());
    }

    private Peer peer(ServiceInstance instance) {
        UriComponentsBuilder address = UriComponentsBuilder.fromUri(instance.getUri());
        if (ownPort) {
            String port = instance.getMetadata() == null
                    ? null
                    : instance.getMetadata().get(MANAGEMENT_PORT);
            address.port(port == null ? usualPort : port);
        }
        URI uri = address.path(prefix).build(true).toUri();
        String id = instance.getInstanceId();
        return id == null || id.isBlank() ? Peer.of(uri) : new Peer(id, uri);
    }
}
