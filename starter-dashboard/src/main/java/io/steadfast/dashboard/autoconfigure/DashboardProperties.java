package io.steadfast.dashboard.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.steadfast.dashboard.DashboardPath;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** The page that shows every guarded call. */
@ConfigurationProperties("resilience.dashboard")
final class DashboardProperties {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    /**
     * Whether the page is served. Unset: to viewers on this machine and to those whom Spring Security admits, but to nobody where a profile
     * prod, production or live is active. With true: to all whom nothing else keeps out, other instances of this service among them. With
     * false: to nobody.
     */
    private @Nullable Boolean enabled;

    /** Where the page is served, below the context path; on the port for management if that is another one. */
    private String path = "/resilience";

    /** Who may see the page where Spring Security is present: whoever may ask the actuator, or whoever the application's own rules for the page's path admit. */
    private Security security = Security.ACTUATOR;

    /** Addresses of the other instances of this service, for the view of all of them; this one may be among them. For example http://10.0.0.8:8080, followed by the context path if there is one. */
    private List<String> instances = new ArrayList<>();

    /** Name by which a registry knows the instances of this service, or true for spring.application.name. Default none: nothing is looked up. */
    private @Nullable String service;

    /** How long another instance may take to answer. */
    private Duration peerTimeout = Duration.ofSeconds(1);

    /** What is sent to other instances as Authorization, for example "Basic " followed by user:password in Base64. Default nothing. */
    private @Nullable String peerAuthorization;

    DashboardPath checkedPath() {
        try {
            return new DashboardPath(path);
        } catch (IllegalArgumentException mistake) {
            throw new InvalidConfigurationPropertyValueException(
                    "resilience.dashboard.path", path, String.valueOf(mistake.getMessage()));
        }
    }

    List<URI> checkedInstances() {
        return instances.stream().map(DashboardProperties::address).toList();
    }

    private static URI address(String instance) {
        try {
            URI uri = URI.create(instance);
            if (uri.getHost() != null
                    && List.of("http", "https").contains(uri.getScheme())
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null) {
                return uri;
            }
        } catch (IllegalArgumentException notAnAddress) {
            // refused below
        }
        throw new InvalidConfigurationPropertyValueException(
                "resilience.dashboard.instances",
                instance,
                "Each is an address such as http://10.0.0.8:8080, without a user: set resilience.dashboard.peer-authorization for that.");
    }

    Duration checkedPeerTimeout() {
        if (peerTimeout.isNegative() || peerTimeout.isZero() || peerTimeout.compareTo(LONGEST) > 0) {
            throw new InvalidConfigurationPropertyValueException(
                    "resilience.dashboard.peer-timeout", peerTimeout, "It must be more than 0 and at most 30s.");
        }
        return peerTimeout;
    }

    public @Nullable Boolean getEnabled() {
        return enabled;
    }

    boolean isForEverybody() {
        return Boolean.TRUE.equals(enabled);
    }

    public void setEnabled(@Nullable Boolean enabled) {
        this.enabled = enabled;
    }

    public String getPath() {
        return path;
    }

    public void setPath(String path) {
        this.path = path;
    }

    public Security getSecurity() {
        return security;
    }

    public void setSecurity(Security security) {
        this.security = security;
    }

    public List<String> getInstances() {
        return instances;
    }

    public void setInstances(List<String> instances) {
        this.instances = instances;
    }

    public @Nullable String getService() {
        return service;
    }

    public void setService(@Nullable String service) {
        this.service = service;
    }

    public Duration getPeerTimeout() {
        return peerTimeout;
    }

    public void setPeerTimeout(Duration peerTimeout) {
        this.peerTimeout = peerTimeout;
    }

    public @Nullable String getPeerAuthorization() {
        return peerAuthorization;
    }

    public void setPeerAuthorization(@Nullable String peerAuthorization) {
        this.peerAuthorization = peerAuthorization;
    }

    /** Whose rules admit a viewer. */
    enum Security {
        /** Those for the actuator's endpoint. */
        ACTUATOR,
        /** Those that the application has for the path of the page, and no others. */
        APPLICATION
    }
}
