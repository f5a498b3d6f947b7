package io.steadfast.http;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.steadfast.core.SettingsCheck;
import org.jspecify.annotations.Nullable;

/**
 * How the answers of one HTTP client are understood, and what is told its server. Immutable, and valid once it exists; made by
 * {@link HttpRulesBuilder}.
 *
 * @param statuses what each status code means; default {@link StatusTable#standard()}
 * @param retryMethods methods that are repeated though HTTP does not call them idempotent, in capitals; default none
 * @param idempotencyKey whether requests that could not be repeated otherwise get a key of ours, the same on each attempt; default
 *     {@code false}
 * @param idempotencyKeyHeader the header with the key; default {@link ResilienceHeaders#IDEMPOTENCY_KEY}
 * @param retryBelow whether failures are retried here though the caller of this service retries too; default {@code false}
 * @param pushBackCap the longest wait that a server is granted; default 30 s
 * @param quiet whether one 429 or 503 that asks for a wait keeps all other callers of the client away that long; default {@code false}
 * @param deadlineHeader the request header that says how much time is left; {@code null} to say nothing; default
 *     {@link ResilienceHeaders#TIMEOUT}
 * @param deadlineMargin taken off the time left, for the way back; default 10 ms
 * @param attemptHeader whether a request says which attempt it is; default {@code true}
 * @param maxBufferedBody how many bytes of an answer are read before it counts as received; default 1 MiB
 */
public record HttpRules(
        StatusTable statuses,
        Set<String> retryMethods,
        boolean idempotencyKey,
        String idempotencyKeyHeader,
        boolean retryBelow,
        Duration pushBackCap,
        boolean quiet,
        @Nullable String deadlineHeader,
        Duration deadlineMargin,
        boolean attemptHeader,
        long maxBufferedBody) {

    private static final long MOST_BUFFERED = 1L << 30;

    /** Those that a message is framed and routed by. */
    private static final Set<String> TAKEN = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "upgrade",
            "te",
            "trailer",
            "expect",
            "content-type");

    private static final HttpRules DEFAULTS = builder().build();

    /**
     * Checks the rules.
     *
     * @param statuses what each status code means
     * @param retryMethods methods that may be repeated besides
     * @param idempotencyKey whether to add a key
     * @param idempotencyKeyHeader where the key is
     * @param retryBelow whether to retry below a caller that retries
     * @param pushBackCap the longest wait granted
     * @param quiet whether to keep others away
     * @param deadlineHeader where the time left is said
     * @param deadlineMargin what is taken off
     * @param attemptHeader whether to say which attempt it is
     * @param maxBufferedBody how much is read
     * @throws io.steadfast.core.InvalidSettingsException if they make no sense
     */
    public HttpRules {
        Objects.requireNonNull(statuses, "statuses");
        retryMethods = retryMethods.stream()
                .map(method -> method.trim().toUpperCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        new SettingsCheck()
                .that(
                        retryMethods.stream().allMatch(HttpRules::isToken),
                        "must list HTTP methods, but is " + retryMethods,
                        "retry-methods")
                .that(
                        isFree(idempotencyKeyHeader),
                        "must be the name of a header of its own, but is '" + idempotencyKeyHeader + "'",
                        "idempotency-key-header")
                .that(
                        deadlineHeader == null || isFree(deadlineHeader),
                        "must be the name of a header of its own, or none, but is '" + deadlineHeader + "'",
                        "deadline.header")
                .notNegative("push-back.cap", pushBackCap)
                .notNegative("deadline.margin", deadlineMargin)
                .that(
                        maxBufferedBody >= 0 && maxBufferedBody <= MOST_BUFFERED,
                        "must be between 0B and 1GB, but is " + maxBufferedBody + " bytes",
                        "max-buffered-body")
                .refuseIfWrong();
    }

    /**
     * The defaults.
     *
     * @return the shared constant
     */
    public static HttpRules defaults() {
        return DEFAULTS;
    }

    /**
     * Starts from the defaults.
     *
     * @return a new builder
     */
    public static HttpRulesBuilder builder() {
        return new HttpRulesBuilder();
    }

    /** A header that nobody else gives a meaning to. */
    private static boolean isFree(String header) {
        return isToken(header) && !TAKEN.contains(header.toLowerCase(Locale.ROOT));
    }

    /** RFC 9110, section 5.6.2. */
    private static boolean isToken(String text) {
        return !text.isEmpty()
                && text.chars()
                        .allMatch(character -> character < 128
                                && (Character.isLetterOrDigit(character) || "!#$%&'*+-.^_`|~".indexOf(character) >= 0));
    }
}
