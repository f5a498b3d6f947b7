package io.steadfast.dashboard.autoconfigure;

import java.util.List;
import java.util.Locale;

import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.core.env.Environment;

/** Whether the server takes for the truth what headers say of a viewer. Then everybody can say to be on this machine. */
final class ProxyHeaders {

    private static final List<String> OF_TOMCAT =
            List.of("server.tomcat.remoteip.remote-ip-header", "server.tomcat.remoteip.protocol-header");

    private ProxyHeaders() {}

    /** As Boot decides it: by its property, by Tomcat's, or because a platform is recognised that has proxies. */
    static boolean areBelieved(Environment environment) {
        String strategy = environment.getProperty("server.forward-headers-strategy");
        if (strategy != null) {
            return !strategy.trim().toLowerCase(Locale.ROOT).equals("none") || isSetForTomcat(environment);
        }
        CloudPlatform platform = CloudPlatform.getActive(environment);
        return platform != null && platform.isUsingForwardHeaders() || isSetForTomcat(environment);
    }

    private static boolean isSetForTomcat(Environment environment) {
        return OF_TOMCAT.stream()
                .anyMatch(key -> !environment.getProperty(key, "").isBlank());
    }
}
