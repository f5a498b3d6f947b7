package io.steadfast.springcloud.loadbalancer;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.steadfast.core.Call;
import io.steadfast.core.CallRejectedException;
import io.steadfast.core.Lease;
import io.steadfast.core.Permit;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.failover.FailoverPolicy;
import io.steadfast.failover.PassedInstance;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.loadbalancer.Request;

/**
 * The requests that load-balanced clients have under way, each with a lease on its instance. Each is known by Spring Cloud's object for it,
 * which is the same from its start to its end.
 *
 * <p>Clients that are cancelled do not say so, nor does a client that an {@code Error} ends. What is not ended after {@value #MINUTES}
 * minutes is therefore given back, and counts for nothing: one task of the timer looks after all of them. Thread-safe.
 */
public final class OpenLeases implements AutoCloseable {

    private static final long MINUTES = 10;

    private static final long LONGEST = Duration.ofMinutes(MINUTES).toNanos();

    private final PolicyRuntime runtime;

    private final Map<Identity, Open> open = new ConcurrentHashMap<>();

    private final AtomicBoolean watched = new AtomicBoolean();

    /**
     * Nothing is under way.
     *
     * @param runtime clock and timer
     */
    public OpenLeases(PolicyRuntime runtime) {
        this.runtime = runtime;
    }

    /** A request is about to be sent to an instance; if it is in the pool, it serves one more from now on. */
    void begin(Request<?> request, FailoverPolicy pool, URI instance) {
        Call call = Call.of(pool.pool().name(), Map.of(PassedInstance.class, (PassedInstance) any -> instance));
        Permit permit;
        try {
            permit = pool.acquire(call);
        } catch (CallRejectedException gone) {
            return;
        }
        Lease lease = call.lease();
        if (lease == null) {
            permit.abandoned(call); // the instance has left the pool meanwhile
            return;
        }
        Open before = open.put(
                new Identity(request),
                new Open(call, permit, lease, runtime.ticker().nanos()));
        if (before != null) {
            before.abandon();
        }
        watch();
    }

    /** A request has ended. */
    void end(Request<?> request, Consumer<Ended> outcome) {
        Open ended = open.remove(new Identity(request));
        if (ended != null) {
            long elapsed = runtime.ticker().nanos() - ended.sinceNanos;
            outcome.accept(new Ended(ended, elapsed));
        }
    }

    /**
     * Nobody waits for a request any more. Does nothing if it has ended.
     *
     * @param request the request
     */
    public void abandon(Request<?> request) {
        end(request, Ended::abandoned);
    }

    /** How many requests are under way. */
    int size() {
        return open.size();
    }

    @Override
    public void close() {
        open.keySet().forEach(request -> abandon(request.request));
    }

    private void watch() {
        if (watched.compareAndSet(false, true)) {
            runtime.timer().schedule(this::giveBackForgotten, LONGEST);
        }
    }

    private void giveBackForgotten() {
        long now = runtime.ticker().nanos();
        open.forEach((request, lease) -> {
            if (now - lease.sinceNanos >= LONGEST) {
                abandon(request.request);
            }
        });
        watched.set(false);
        if (!open.isEmpty()) {
            watch();
        }
    }

    /** A request that has ended in a way that is to be said, once. */
    record Ended(Open lease, long elapsedNanos) {

        void leaving(Duration atMost) {
            lease.lease.leaving(atMost);
        }

        void succeeded() {
            lease.permit.succeeded(lease.call, elapsedNanos, null);
        }

        void failed(Throwable failure) {
            lease.permit.failed(lease.call, elapsedNanos, failure);
        }

        void abandoned() {
            lease.abandon();
        }
    }

    private record Open(Call call, Permit permit, Lease lease, long sinceNanos) {

        void abandon() {
            permit.abandoned(call);
        }
    }

    /** Two requests may well be equal. */
    private record Identity(Request<?> request) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Identity that && that.request == request;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(request);
        }
    }
}
