package io.steadfast.http.inbound;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

/**
 * An answer that says when it is worth asking again, with a problem document (RFC 9457) for a body. It names no call and no host:
 * callers need not know what is behind this service.
 *
 * @param status the status code
 * @param title the status in words
 * @param detail what has happened, in plain ASCII without quotation marks
 * @param retryAfter when it is worth asking again; {@code null} if nobody knows
 */
public record Refusal(
        int status, String title, String detail, @Nullable Duration retryAfter) {

    /** The media type of {@link #body()}. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** Work that had expired when it came. */
    public static final Refusal EXPIRED =
            gatewayTimeout("The time that the caller gave this request was over when it arrived.", null);

    static Refusal tooManyRequests(@Nullable Duration retryAfter) {
        return new Refusal(429, "Too Many Requests", "More was asked for than is allowed at this time.", retryAfter);
    }

    static Refusal unavailable(String detail, @Nullable Duration retryAfter) {
        return new Refusal(503, "Service Unavailable", detail, retryAfter);
    }

    static Refusal gatewayTimeout(String detail, @Nullable Duration retryAfter) {
        return new Refusal(504, "Gateway Timeout", detail, retryAfter);
    }

    /**
     * The value of {@code Retry-After}: whole seconds, rounded up, so that nobody comes back too early.
     *
     * @return empty if nobody knows when
     */
    public OptionalLong retryAfterSeconds() {
        if (retryAfter == null) {
            return OptionalLong.empty();
        }
        boolean fraction = retryAfter.getNano() > 0;
        return OptionalLong.of(Math.max(0, retryAfter.getSeconds() + (fraction ? 1 : 0)));
    }

    /**
     * The problem document.
     *
     * @return JSON in UTF-8
     */
    public byte[] body() {
        return String.format(
                        Locale.ROOT,
                        "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}",
                        title,
                        status,
                        detail)
                .getBytes(StandardCharsets.UTF_8);
    }
}
