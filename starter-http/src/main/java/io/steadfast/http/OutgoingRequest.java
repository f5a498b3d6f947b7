package io.steadfast.http;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A request as the application made it, before anything is added.
 *
 * @param method the method
 * @param uri where it goes
 * @param header finds a header's first value, regardless of the case of its name
 * @param replayable whether its body can be sent again
 */
public record OutgoingRequest(String method, URI uri, Function<String, @Nullable String> header, boolean replayable) {

    /**
     * Refuses {@code null}.
     *
     * @param method the method
     * @param uri where it goes
     * @param header finds a header's first value
     * @param replayable whether its body can be sent again
     */
    public OutgoingRequest {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(uri, "uri");
        Objects.requireNonNull(header, "header");
    }

    boolean has(String name) {
        String value = header.apply(name);
        return value != null && !value.isBlank();
    }

    /** RFC 9110, section 9.2.2; names of methods are told apart by case (9.1). */
    boolean isIdempotent() {
        return switch (method) {
            case "GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE" -> true;
            default -> false;
        };
    }

    boolean isOneOf(HttpRules rules) {
        return rules.retryMethods().contains(method.toUpperCase(Locale.ROOT));
    }

    /** Names it without what may be secret: user, path variables and query. */
    String describe() {
        return method + " to " + (uri.getHost() == null ? "its server" : uri.getHost());
    }
}
