package io.steadfast.dashboard.peers;

import java.net.URI;

/**
 * Another instance of this service, or this very one, which a registry names too.
 *
 * @param id what it is called on the page
 * @param uri where it is, without the dashboard's path
 */
public record Peer(String id, URI uri) {

    /**
     * A peer known by its address.
     *
     * @param uri the address
     * @return a peer called by its host and port
     */
    public static Peer of(URI uri) {
        return new Peer(uri.getRawAuthority() == null ? uri.toString() : uri.getRawAuthority(), uri);
    }
}
