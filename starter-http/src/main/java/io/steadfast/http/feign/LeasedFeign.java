package io.steadfast.http.feign;

import feign.Capability;
import feign.Client;
import io.steadfast.http.HttpTargets;
import org.springframework.core.Ordered;

/**
 * Lets the requests of Feign clients go to the instance that the attempt has been given: the one of Spring Cloud OpenFeign's capabilities
 * that is applied first, and so is the last to see a request. A client that goes through a load balancer is left to it, which looks up
 * the name of the service. Immutable and thread-safe.
 */
public final class LeasedFeign implements Capability, Ordered {

    private final HttpTargets targets;

    /**
     * For clients that are guarded by {@link GuardedFeign}.
     *
     * @param targets the configured clients
     */
    public LeasedFeign(HttpTargets targets) {
        this.targets = targets;
    }

    @Override
    public Client enrich(Client client) {
        return isLeftToOthers(client) ? client : new LeasedClient(client, targets, null);
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    /** Whether a client looks the service up itself, or somebody has wrapped one that is prepared already. Known by their names. */
    static boolean isLeftToOthers(Client client) {
        String name = client.getClass().getName();
        return client instanceof LeasedClient
                || name.startsWith("org.springframework.cloud.openfeign.loadbalancer.")
                || name.startsWith("feign.micrometer.")
                || name.startsWith("feign.metrics");
    }
}
