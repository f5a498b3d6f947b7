package io.steadfast.core;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Where a call has been and where it is going: the instance its present attempt has been given, and those tried before. Attempts that
 * run beside each other have a lease each and know of each other's. Thread-safe.
 */
public final class Route {

    /** Shared by all parts of a call. */
    private final AtomicReference<@Nullable Stop> stops;

    private volatile @Nullable Lease lease;

    Route() {
        this.stops = new AtomicReference<>();
    }

    /** The route of a part of the call that goes its own way from here on. */
    Route(Route before) {
        this.stops = before.stops;
        this.lease = before.lease;
    }

    /**
     * What the present attempt has been given.
     *
     * @return the lease; {@code null} if none, or not yet
     */
    public @Nullable Lease lease() {
        return lease;
    }

    /**
     * Gives the present attempt an instance, which counts as tried from now on. For the gate that picks.
     *
     * @param next the lease
     */
    public void take(Lease next) {
        String id = next.instance().id();
        stops.updateAndGet(before -> new Stop(id, before));
        lease = next;
    }

    /**
     * Ends a lease: what runs after the attempt is sent nowhere in particular.
     *
     * @param ended the lease; another one is left alone
     */
    public void leave(Lease ended) {
        if (lease == ended) {
            lease = null;
        }
    }

    /**
     * Whether any attempt of the call has been given this instance.
     *
     * @param instance the instance
     * @return whether it has
     */
    public boolean hasTried(Instance instance) {
        for (Stop stop = stops.get(); stop != null; stop = stop.before) {
            if (stop.id.equals(instance.id())) {
                return true;
            }
        }
        return false;
    }

    /**
     * How many attempts have been given an instance.
     *
     * @return a number, 0 or more
     */
    public int stops() {
        int count = 0;
        for (Stop stop = stops.get(); stop != null; stop = stop.before) {
            count++;
        }
        return count;
    }

    /** An instance, and the one tried before. */
    private record Stop(String id, @Nullable Stop before) {}
}
