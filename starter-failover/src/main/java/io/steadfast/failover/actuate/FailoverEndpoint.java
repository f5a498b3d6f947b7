package io.steadfast.failover.actuate;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.steadfast.failover.Pool;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.util.MimeType;

/**
 * The actuator endpoint {@code failover}: all pools with a table of their instances, and where writing is allowed, what an operator does
 * to one of them: eject, drain, restore.
 */
@Endpoint(id = FailoverEndpoint.ID, defaultAccess = Access.READ_ONLY)
public final class FailoverEndpoint {

    /** The id. */
    public static final String ID = "failover";

    private static final MimeType PROBLEM = MimeType.valueOf("application/problem+json");

    private final Supplier<List<Pool>> pools;

    private final Supplier<Clock> clock;

    /**
     * An endpoint.
     *
     * @param pools the pools there are now
     * @param clock tells when an ejection ends
     */
    public FailoverEndpoint(Supplier<List<Pool>> pools, Supplier<Clock> clock) {
        this.pools = pools;
        this.clock = clock;
    }

    /**
     * All pools.
     *
     * @return the pools, ordered by name
     */
    @ReadOperation
    public PoolsDescriptor pools() {
        return new PoolsDescriptor(pools.get().stream().map(this::describe).toList());
    }

    /**
     * One pool.
     *
     * @param path the pool's name, in several parts if it contains slashes
     * @return the pool; {@code null}, which is answered with 404, if there is none of that name
     */
    @ReadOperation
    public @Nullable PoolDescriptor pool(@Selector(match = Match.ALL_REMAINING) String... path) {
        return find(path).map(this::describe).orElse(null);
    }

    /**
     * Does something to an instance.
     *
     * @param path the pool's name, in several parts if it contains slashes
     * @param action {@code eject}, {@code drain} or {@code restore}
     * @param instance the id of the instance
     * @param duration for how long, such as {@code 30s}; 10 minutes if nobody says. In a request it is called {@code for}
     * @return the pool afterwards; or why not, with 400 or 404
     */
    @WriteOperation
    public WebEndpointResponse<Object> change(
            @Selector(match = Match.ALL_REMAINING) String[] path,
            @Nullable String action,
            @Nullable String instance,
            @Nullable String duration) {
        Optional<Pool> pool = find(path);
        if (pool.isEmpty()) {
            return problem(404, "There is no pool '" + String.join("/", path) + "'");
        }
        try {
            change(pool.get(), action, instance, duration);
            return new WebEndpointResponse<>(describe(pool.get()));
        } catch (IllegalArgumentException refusal) {
            return problem(400, String.valueOf(refusal.getMessage()));
        }
    }

    private static void change(
            Pool pool, @Nullable String action, @Nullable String instance, @Nullable String duration) {
        PoolAction wanted = PoolAction.parse(action);
        Duration time = PoolAction.time(duration);
        if (instance == null || !wanted.on(pool, instance, time)) {
            throw new IllegalArgumentException((instance == null
                            ? "There is no instance in the request"
                            : "The pool has no instance '" + instance + "'")
                    + ": say one of "
                    + pool.instances().stream()
                            .map(state -> state.instance().id())
                            .collect(Collectors.joining(", ")));
        }
    }

    private static WebEndpointResponse<Object> problem(int status, String detail) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("title", status == 404 ? "Not Found" : "Bad Request");
        body.put("status", status);
        body.put("detail", detail);
        return new WebEndpointResponse<>(body, status, PROBLEM);
    }

    private Optional<Pool> find(String... name) {
        String joined = String.join("/", name);
        return pools.get().stream().filter(pool -> pool.name().equals(joined)).findFirst();
    }

    private PoolDescriptor describe(Pool pool) {
        return PoolDescriptor.of(pool, clock.get());
    }
}
