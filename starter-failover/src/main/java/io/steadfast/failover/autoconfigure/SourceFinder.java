package io.steadfast.failover.autoconfigure;

import java.util.List;
import java.util.Optional;

import io.steadfast.failover.Failover;
import io.steadfast.failover.InstanceDirectory;
import io.steadfast.failover.InstanceSource;
import io.steadfast.failover.autoconfigure.FailoverProperties.Settings;
import io.steadfast.spring.InvalidGuardException;
import io.steadfast.spring.PolicyRequest;
import org.springframework.util.StringUtils;

/** Finds out where a pool gets its instances: from its addresses, else from the first directory that knows its service. */
final class SourceFinder {

    private SourceFinder() {}

    /**
     * The name of a pool's service in registries.
     *
     * @param pool the name of the pool
     */
    static String serviceOf(String pool, Settings settings) {
        String service = settings.getService();
        return StringUtils.hasText(service) ? service.trim() : pool;
    }

    /**
     * Where the instances come from.
     *
     * @throws io.steadfast.core.InvalidSettingsException if addresses make no sense
     * @throws InvalidGuardException if there is nothing to ask
     */
    static InstanceSource find(PolicyRequest<Failover, Settings> request) {
        String pool = request.id().instance();
        Settings settings = request.settings();
        List<String> urls = settings.getUrls();
        if (urls != null && !urls.isEmpty()) {
            return InstanceSource.of(new InstanceUrls(pool, urls).read(SettingsReader.zoneOf(settings)));
        }
        String service = serviceOf(pool, settings);
        List<InstanceDirectory> directories = request.beans()
                .getBeanProvider(InstanceDirectory.class)
                .orderedStream()
                .toList();
        for (InstanceDirectory directory : directories) {
            Optional<InstanceSource> found = directory.find(service);
            if (found.isPresent()) {
                return new PoolInstances(pool, service, directory, found.get());
            }
        }
        throw nobodyKnows(request, service, directories.isEmpty());
    }

    private static InvalidGuardException nobodyKnows(
            PolicyRequest<Failover, Settings> request, String service, boolean nobodyToAsk) {
        String pool = request.id().instance();
        return new InvalidGuardException(
                "The pool '" + pool + "' has no instances to choose from: "
                        + (nobodyToAsk
                                ? "there are no urls, no InstanceDirectory and no DiscoveryClient"
                                : "there are no urls, and no registry knows a service '" + service + "'"),
                (request.annotation() == null ? "" : "@Failover on ")
                        + request.method().describe(),
                "Set resilience.failover.instances." + pool + ".urls, or add a registry's starter, "
                        + "or a bean of type InstanceDirectory.");
    }
}
