package io.steadfast.failover.discovery;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.steadfast.core.Instance;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.util.StringUtils;

/**
 * What registries said last, to hand it to methods that ask for it. Zone and weight of an instance are its metadata {@code zone} and
 * {@code weight}. Thread-safe.
 */
public final class ServiceInstances {

    private static final Logger LOGGER = System.getLogger(ServiceInstances.class.getName());

    private static final String ZONE = "zone";

    private static final String WEIGHT = "weight";

    private static final int MOST_COMPLAINTS = 1000;

    private final Map<String, Map<String, ServiceInstance>> known = new ConcurrentHashMap<>();

    /** What has been complained of, up to a number: ids may come and never come back. */
    private final Set<String> complaints = ConcurrentHashMap.newKeySet();

    /** Knows nothing yet. */
    public ServiceInstances() {}

    /**
     * Takes note of a registry's answer.
     *
     * @param service which service it is about
     * @param found all instances of it
     * @return the same for a pool
     */
    public List<Instance> remember(String service, List<ServiceInstance> found) {
        Map<String, ServiceInstance> byId = new LinkedHashMap<>();
        Map<String, Instance> ofPool = new LinkedHashMap<>();
        for (ServiceInstance one : found) {
            Instance instance = instanceOf(service, one);
            if (instance != null && ofPool.putIfAbsent(instance.id(), instance) == null) {
                byId.put(instance.id(), one);
            }
        }
        if (!byId.isEmpty()) { // the pool goes on with what it was told before
            known.put(service, byId);
        }
        return List.copyOf(ofPool.values());
    }

    /** What an instance says of itself must not cost the pool its list. */
    private @Nullable Instance instanceOf(String service, @Nullable ServiceInstance found) {
        if (found == null) {
            return null;
        }
        try {
            return instance(service, idOf(found), found);
        } catch (RuntimeException broken) {
            complain(
                    service + " " + found,
                    "An instance of '" + service + "' makes no sense and is left out: " + broken);
            return null;
        }
    }

    /**
     * What the registry said of an instance.
     *
     * @param service the name of the service in the registry
     * @param id the instance's id in its pool
     * @return {@code null} if it comes from elsewhere, or has gone
     */
    public @Nullable ServiceInstance find(String service, String id) {
        return known.getOrDefault(service, Map.of()).get(id);
    }

    private static String idOf(ServiceInstance instance) {
        String id = instance.getInstanceId();
        return StringUtils.hasText(id) ? id : instance.getHost() + ":" + instance.getPort();
    }

    private Instance instance(String service, String id, ServiceInstance found) {
        Map<String, String> metadata = new LinkedHashMap<>();
        Map<String, String> all = found.getMetadata();
        if (all != null) {
            all.forEach((key, value) -> {
                if (key != null && value != null) {
                    metadata.put(key, value);
                }
            });
        }
        String zone = metadata.get(ZONE);
        URI uri = found.getUri();
        return new Instance(
                service,
                id,
                uri,
                weight(service, id, metadata.get(WEIGHT)),
                StringUtils.hasText(zone) ? zone : null,
                metadata);
    }

    private int weight(String service, String id, @Nullable String text) {
        if (!StringUtils.hasText(text)) {
            return 1;
        }
        try {
            int weight = Integer.parseInt(text.trim());
            if (weight >= 0) {
                return weight;
            }
        } catch (NumberFormatException none) {
            // said below
        }
        complain(
                service + " " + id,
                "Instance " + id + " of '" + service + "' is registered with the weight '" + text
                        + "', which is no whole number of 0 or more: it is given the weight 1");
        return 1;
    }

    private void complain(String about, String what) {
        if (complaints.size() < MOST_COMPLAINTS && complaints.add(about)) {
            LOGGER.log(Level.WARNING, what);
        }
    }
}
