package io.steadfast.dashboard;

import java.net.InetAddress;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Tells viewers on this machine from others. While nobody has said that the page is to be shown and no rule guards it, only the former see
 * it: a service that goes into production as it was on a developer's desk must not show its insides to the world.
 */
public final class ThisMachine {

    /** What another viewer is told. */
    public static final String REFUSAL =
            "Nothing guards this page, so it is shown on this machine only, at localhost. Add Spring Security, or set "
                    + "resilience.dashboard.enabled=true to show it to everybody who reaches this server.";

    /** What every viewer is told where the server takes the headers of proxies for the truth: anybody could say to be here. */
    public static final String REFUSAL_BEHIND_PROXIES =
            "Nothing guards this page, and this server believes what proxies say of viewers (server.forward-headers-strategy), so it "
                    + "cannot tell who is on this machine. Add Spring Security, or set resilience.dashboard.enabled=true to show the page "
                    + "to everybody who reaches this server.";

    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

    /** By which proxies say that they have passed a request on. */
    private static final Set<String> OF_PROXIES = Set.of("forwarded", "via", "x-real-ip", "x-client-ip");

    private static final String OF_PROXIES_TOO = "x-forwarded-";

    private ThisMachine() {}

    /**
     * Whether a viewer sits here. The name that the browser asked for counts too, or a page from elsewhere whose name has come to mean
     * this machine could read along; and so do the headers, for a proxy may be on this machine while the viewer is not.
     *
     * @param viewer the address that the connection came from; {@code null} if it is not known
     * @param host the name that it asked for, without a port
     * @param headers the names of the request's headers, as the server read them
     * @return whether it may see what is for this machine only
     */
    public static boolean has(@Nullable InetAddress viewer, @Nullable String host, Collection<String> headers) {
        return viewer != null
                && viewer.isLoopbackAddress()
                && host != null
                && NAMES.contains(host.toLowerCase(Locale.ROOT))
                && headers.stream().noneMatch(ThisMachine::isOfAProxy);
    }

    private static boolean isOfAProxy(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return OF_PROXIES.contains(name) || name.startsWith(OF_PROXIES_TOO);
    }
}
