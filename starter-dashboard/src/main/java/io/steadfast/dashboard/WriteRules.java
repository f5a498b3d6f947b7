package io.steadfast.dashboard;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * Whether a request that changes something comes from the page itself. A page of another site can make a browser send a form with the
 * user's cookies, but neither a body of JSON nor a header of its own without being asked first (CORS), and browsers say where a request
 * comes from. These rules take the place of a CSRF token.
 */
public final class WriteRules {

    /** A header that only scripts can send. */
    public static final String HEADER = "X-Steadfast";

    private static final String VALUE = "dashboard";

    private WriteRules() {}

    /**
     * Looks at a request.
     *
     * @param header gives the value of a header, or {@code null}
     * @param host the host and port that the request was sent to, as the application knows it; the port is left out if the request
     *     leaves it out
     * @return why it is refused; empty if it may go on
     */
    public static Optional<Answer> refusal(UnaryOperator<@Nullable String> header, @Nullable String host) {
        String type = header.apply("Content-Type");
        if (type == null
                || !type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT).equals("application/json")) {
            return Optional.of(Answer.problem(415, "Unsupported Media Type", "Send the change as application/json."));
        }
        if (!VALUE.equals(header.apply(HEADER))) {
            return Optional.of(forbidden("Changes come from the dashboard's own page, with the header " + HEADER + ": "
                    + VALUE + ". Other programs use the actuator's endpoint."));
        }
        return isSameOrigin(header, host)
                ? Optional.empty()
                : Optional.of(
                        forbidden("The request comes from another site. Behind a proxy that changes the host, set "
                                + "server.forward-headers-strategy."));
    }

    private static boolean isSameOrigin(UnaryOperator<@Nullable String> header, @Nullable String host) {
        String site = header.apply("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin");
        }
        // A browser leaves that header out where the page came over plain HTTP; it always says the origin of a POST.
        String origin = header.apply("Origin");
        return origin == null || host != null && host.equalsIgnoreCase(authority(origin));
    }

    private static @Nullable String authority(String origin) {
        try {
            return URI.create(origin).getRawAuthority();
        } catch (IllegalArgumentException notAnAddress) {
            return null;
        }
    }

    private static Answer forbidden(String detail) {
        return Answer.problem(403, "Forbidden", detail);
    }
}
