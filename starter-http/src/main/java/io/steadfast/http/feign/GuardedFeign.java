package io.steadfast.http.feign;

import java.util.concurrent.atomic.AtomicBoolean;

import feign.Capability;
import feign.Client;
import feign.Retryer;
import io.steadfast.http.HttpTarget;
import io.steadfast.http.HttpTargets;
import io.steadfast.spring.Spelling;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Guards the requests of Feign clients with the policies of the configured client they belong to. Spring Cloud OpenFeign takes the bean by
 * itself; a client that is built by hand takes it in one call:
 *
 * <pre>{@code
 * Feign.builder().addCapability(guardedFeign).target(Stock.class, "http://stock.example");
 * Feign.builder().addCapability(guardedFeign.named("stock")).target(Stock.class, url);
 * }</pre>
 *
 * <p>A request that belongs to no configured client is sent as it is, with the headers that {@link io.steadfast.http.ResilienceHeaders}
 * names; the annotated method around it learns whether it may be repeated. An answer is read within the guard up to
 * {@link io.steadfast.http.HttpRules#maxBufferedBody()}. When no attempts are left it is handed on, whatever its status, to Feign's
 * decoders. The time left bounds the connect and read timeouts of each attempt.
 *
 * <p>Feign's own {@link Retryer} lies around all of this and would multiply our attempts; Spring Cloud OpenFeign has none, and a client
 * built by hand has one of five attempts unless it is given {@link Retryer#NEVER_RETRY}. A log line says so. Asynchronous Feign clients
 * are not guarded. Immutable and thread-safe.
 */
public final class GuardedFeign implements Capability {

    private static final Log LOGGER = LogFactory.getLog(GuardedFeign.class);

    private final HttpTargets targets;

    private final @Nullable String fixed;

    private final AtomicBoolean warned = new AtomicBoolean();

    private GuardedFeign(HttpTargets targets, @Nullable String fixed) {
        this.targets = targets;
        this.fixed = fixed;
    }

    /**
     * Finds the client of each request by its URL.
     *
     * @param targets the configured clients
     * @return the capability
     */
    public static GuardedFeign of(HttpTargets targets) {
        return new GuardedFeign(targets, null);
    }

    /**
     * The same for requests that belong to one client, wherever they go.
     *
     * @param client the name of a configured client
     * @return a capability
     * @throws IllegalArgumentException if no client has the name
     */
    public GuardedFeign named(String client) {
        HttpTarget target = targets.named(client)
                .orElseThrow(() -> new IllegalArgumentException("No HTTP client is called '" + client + "'. "
                        + Spelling.nearest(client, targets.names())
                                .map(near -> "Did you mean '" + near + "'?")
                                .orElse("Known are: " + String.join(", ", targets.names()) + ".")));
        return new GuardedFeign(targets, target.name());
    }

    @Override
    public Client enrich(Client client) {
        if (client instanceof GuardedClient) {
            return client;
        }
        Client directed = LeasedFeign.isLeftToOthers(client) ? client : new LeasedClient(client, targets, fixed);
        return new GuardedClient(directed, targets, fixed);
    }

    @Override
    public Retryer enrich(Retryer retryer) {
        if (retryer != Retryer.NEVER_RETRY && warned.compareAndSet(false, true)) {
            LOGGER.warn("A guarded Feign client has a Retryer of its own ("
                    + retryer.getClass().getName()
                    + "), which repeats what our retries have given up, whether that is safe or not. Give it"
                    + " Retryer.NEVER_RETRY, and configure resilience.retry.");
        }
        return retryer;
    }
}
