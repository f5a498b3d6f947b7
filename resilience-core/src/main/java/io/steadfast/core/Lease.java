package io.steadfast.core;

import java.time.Duration;

/**
 * An {@link Instance} that a gate has picked for one attempt of a call. Clients used inside the call find it by {@link Call#route()},
 * send their request there, and report what the instance says of itself. Thread-safe.
 */
public interface Lease {

    /**
     * Where the attempt is to go.
     *
     * @return the instance
     */
    Instance instance();

    /**
     * The instance has said that it is going away: from now on nothing is sent to it while others are left.
     *
     * @param atMost for how long, unless it says otherwise before
     */
    void leaving(Duration atMost);
}
