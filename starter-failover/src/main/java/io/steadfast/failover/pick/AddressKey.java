package io.steadfast.failover.pick;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The part of a key that tells one client from another: its address without the port, which is another one for each connection. */
final class AddressKey {

    private AddressKey() {}

    /** The text of the address; the key itself if it is none. Looks nothing up. */
    static Object of(Object key) {
        if (key instanceof InetSocketAddress socket) {
            InetAddress address = socket.getAddress();
            return address == null ? socket.getHostString() : address.getHostAddress();
        }
        if (key instanceof InetAddress address) {
            return address.getHostAddress();
        }
        return key instanceof CharSequence text ? withoutPort(text.toString().trim()) : key;
    }

    private static String withoutPort(String text) {
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            return end < 0 ? text : text.substring(1, end);
        }
        int colon = text.indexOf(':');
        return colon < 0 || colon != text.lastIndexOf(':') ? text : text.substring(0, colon); // two colons: IPv6
    }
}
