package io.steadfast.dashboard;

import java.net.InetAddress;
import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

import io.steadfast.spring.events.OneLine;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Tells viewers on this machine from others. While nobody has said that the page is to be shown and no rule guards it, only the former see
 * it: a service that goes into production as it was on a developer's desk must not show its insides to the world. What cannot be told for
 * certain counts as elsewhere. Thread-safe.
 */
public final class ThisMachine {

    /** What another viewer is told: not why, which is for the operator and in the log. */
    public static final String REFUSAL =
            "The dashboard is shown on the server's own machine only, at localhost. The server's log says why.";

    private static final Log LOGGER = LogFactory.getLog("io.steadfast.resilience.dashboard");

    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Only proxies set these. */
    private static final Set<String> PROXY_HEADERS = Set.of(
            "forwarded",
            "via",
            "x-real-ip",
            "x-client-ip",
            "x-cluster-client-ip",
            "true-client-ip",
            "cf-connecting-ip");

    private static final Set<String> PROXY_PREFIXES = Set.of("x-forwarded-", "x-original-", "x-envoy-");

    private final @Nullable String nobody;

    private final AtomicBoolean said = new AtomicBoolean();

    /**
     * A machine.
     *
     * @param nobody why nobody can be taken for a viewer on it; {@code null} if viewers can be told by their requests
     */
    public ThisMachine(@Nullable String nobody) {
        this.nobody = nobody;
    }

    /**
     * Whether a viewer sits here. The first refusal is said in the log, with its reason.
     *
     * @param viewer the address that the request came from, as the server saw it; {@code null} if it is not known
     * @param names the names of the request's headers, as they came
     * @param header gives the first value of a header, or {@code null}
     * @return whether it may see what is for this machine only
     */
    public boolean has(@Nullable InetAddress viewer, Collection<String> names, UnaryOperator<@Nullable String> header) {
        String reason = nobody == null ? stranger(viewer, names, header) : nobody;
        if (reason != null && said.compareAndSet(false, true)) {
            LOGGER.warn("The dashboard was asked for and not shown, because " + OneLine.of(reason)
                    + ". Nothing guards it, so it is shown at localhost on this machine only. Add Spring Security, or set "
                    + "resilience.dashboard.enabled=true to show it to everybody who reaches this server, or false to "
                    + "switch it off. Further refusals are not logged.");
        }
        return reason == null;
    }

    private static @Nullable String stranger(
            @Nullable InetAddress viewer, Collection<String> names, UnaryOperator<@Nullable String> header) {
        if (viewer == null || !viewer.isLoopbackAddress()) {
            return "the request came from " + (viewer == null ? "an unknown address" : viewer.getHostAddress());
        }
        for (String name : names) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (PROXY_HEADERS.contains(lower) || PROXY_PREFIXES.stream().anyMatch(lower::startsWith)) {
                return "the request came by way of a proxy, which sent " + name;
            }
        }
        if ("close".equalsIgnoreCase(header.apply("Connection"))) {
            return "the request came with Connection: close, as from a proxy and from no browser";
        }
        // The name counts too, or a page from elsewhere whose name has come to mean this machine could read along.
        String host = header.apply("Host");
        if (host == null || !NAMES.contains(withoutPort(host).toLowerCase(Locale.ROOT))) {
            return "the request asked for host " + host;
        }
        String origin = header.apply("Origin");
        return origin == null || host.equalsIgnoreCase(authority(origin))
                ? null
                : "a page of " + origin + " sent the request";
    }

    private static String withoutPort(String host) {
        int port = host.lastIndexOf(':');
        return port > host.lastIndexOf(']') ? host.substring(0, port) : host;
    }

    private static @Nullable String authority(String origin) {
        try {
            return URI.create(origin).getRawAuthority();
        } catch (IllegalArgumentException notAnAddress) {
            return null;
        }
    }
}
