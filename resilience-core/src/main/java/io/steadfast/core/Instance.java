package io.steadfast.core;

import java.net.URI;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * One of several that can serve the same call: a process, a node, a replica. Immutable.
 *
 * @param pool the name all of them go by, for example {@code inventory}
 * @param id tells it from the others of its pool; what is known of an instance is kept as long as an instance of that id is there
 * @param uri where it is reached: scheme, host and port, and perhaps a path that all requests to it begin with
 * @param weight its share of the traffic in relation to the others, 0 or more; 0 for none. 1 where nobody says
 * @param zone where it stands, {@code null} if nobody knows
 * @param metadata what the registry says of it besides
 */
public record Instance(
        String pool,
        String id,
        URI uri,
        int weight,
        @Nullable String zone,
        Map<String, String> metadata) {

    /**
     * Refuses what no instance can be.
     *
     * @param pool the name all of them go by
     * @param id tells it from the others of its pool
     * @param uri where it is reached
     * @param weight its share of the traffic
     * @param zone where it stands
     * @param metadata what the registry says of it besides
     */
    public Instance {
        Objects.requireNonNull(pool, "pool");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(uri, "uri");
        metadata = Map.copyOf(metadata);
        if (weight < 0) {
            throw new IllegalArgumentException(
                    "Instance " + id + " of '" + pool + "' has the weight " + weight + ": a weight is 0 or more");
        }
    }

    /**
     * An instance of which only the address is known: it goes by its host and port.
     *
     * @param pool the name all of them go by
     * @param uri where it is reached
     * @return an instance with the weight 1
     */
    public static Instance of(String pool, URI uri) {
        return new Instance(
                pool, uri.getRawAuthority() == null ? uri.toString() : uri.getRawAuthority(), uri, 1, null, Map.of());
    }

    @Override
    public String toString() {
        return id + " of '" + pool + "'"; // no metadata: this text ends in logs
    }
}
