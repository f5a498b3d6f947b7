package io.steadfast.http;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * What a server answered, as far as resilience is concerned: without the body.
 *
 * @param status the status code, whatever the server made up
 * @param headers finds the values of a header, regardless of the case of its name; empty if the answer has none. Kept until the
 *     attempt is over
 */
public record HttpAnswer(int status, Function<String, List<String>> headers) {

    private static final List<String> STREAMS = List.of(
            "text/event-stream", "application/x-ndjson", "application/stream+json", "multipart/x-mixed-replace");

    /** A server that repeats a header more often than this is talking nonsense. */
    private static final int MOST_VALUES = 8;

    /**
     * Refuses {@code null}.
     *
     * @param status the status code
     * @param headers finds the values of a header
     */
    public HttpAnswer {
        Objects.requireNonNull(headers, "headers");
    }

    /**
     * Whether the body comes as events, so that it ends when somebody has had enough, or never.
     *
     * @return whether nobody should wait for its end
     */
    public boolean isStream() {
        String type = only("Content-Type");
        String lower = type == null ? "" : type.toLowerCase(Locale.ROOT);
        return STREAMS.stream().anyMatch(lower::startsWith);
    }

    /** Whether the instance that gave the answer is going away. */
    boolean saysLeaving() {
        return values(ResilienceHeaders.INSTANCE).stream().anyMatch(ResilienceHeaders.DRAINING::equalsIgnoreCase)
                || values(ResilienceHeaders.ENVOY_FAIL).stream().anyMatch(value -> !value.equalsIgnoreCase("false"));
    }

    /**
     * The values of a header.
     *
     * @param name the header
     * @return trimmed, without the blank ones; empty if there are none, or suspiciously many
     */
    List<String> values(String name) {
        List<String> found = headers.apply(name);
        if (found == null || found.size() > MOST_VALUES) {
            return List.of();
        }
        return found.stream()
                .filter(value -> value != null && !value.isBlank())
                .map(String::trim)
                .toList();
    }

    /** The value of a header that is to be sent once: {@code null} if there is none, or if several contradict each other. */
    @Nullable
    String only(String name) {
        List<String> distinct = values(name).stream().distinct().toList();
        return distinct.size() == 1 ? distinct.get(0) : null;
    }
}
