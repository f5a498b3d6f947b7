package io.steadfast.dashboard;

import java.net.InetAddress;
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

    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

    private ThisMachine() {}

    /**
     * Whether a viewer sits here. The name that the browser asked for counts too, or a page from elsewhere whose name has come to mean
     * this machine could read along.
     *
     * @param viewer the address that the request came from; {@code null} if it is not known
     * @param host the name that it asked for, without a port
     * @param forwarded whether it says that it came by way of a proxy, which may be on this machine while the viewer is not
     * @return whether it may see what is for this machine only
     */
    public static boolean has(@Nullable InetAddress viewer, @Nullable String host, boolean forwarded) {
        return viewer != null
                && viewer.isLoopbackAddress()
                && host != null
                && NAMES.contains(host.toLowerCase(Locale.ROOT))
                && !forwarded;
    }
}
