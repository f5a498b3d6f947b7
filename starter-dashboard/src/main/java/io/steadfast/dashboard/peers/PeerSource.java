package io.steadfast.dashboard.peers;

import java.util.List;

/** Knows the instances of this service. */
@FunctionalInterface
public interface PeerSource {

    /**
     * The instances.
     *
     * @return the instances, this one among them or not
     */
    List<Peer> peers();
}
