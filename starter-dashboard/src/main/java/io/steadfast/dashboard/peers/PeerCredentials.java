package io.steadfast.dashboard.peers;

import java.net.URI;
import java.util.Optional;

/**
 * How this instance shows the others that it may ask them. Declare a bean to fetch a token; without one,
 * {@code resilience.dashboard.peer-authorization} is sent. What the viewer sent, cookies above all, is never passed on: an address from a
 * registry must not receive anybody's password.
 */
@FunctionalInterface
public interface PeerCredentials {

    /**
     * What to send.
     *
     * @param peer the address of the instance that is asked
     * @return the value of the header {@code Authorization}; empty for no such header
     */
    Optional<String> authorization(URI peer);
}
