package io.steadfast.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The value of {@link ResilienceHeaders#ATTEMPT}, {@code 2; max=3}: the second attempt of a caller that makes three at most. A
 * maximum above one says that retries are made there; who receives it leaves them to that layer, so that a chain of services does
 * not multiply them.
 *
 * @param attempt which attempt this is, from 1
 * @param max how many are made at most, this one included; raised to {@code attempt} if it is less
 */
public record AttemptHeader(int attempt, int max) {

    /** A number of attempts has at most so many digits; more parameters may follow one day. */
    private static final Pattern SYNTAX = Pattern.compile("\\s*+(\\d{1,6}+)\\s*+;\\s*+max=(\\d{1,6}+)\\s*+(?:;.*+)?+");

    /**
     * Makes the numbers fit.
     *
     * @param attempt which attempt this is; taken for the first if it is less than 1
     * @param max how many are made at most
     */
    public AttemptHeader {
        attempt = Math.max(1, attempt);
        max = Math.max(attempt, max);
    }

    /**
     * Reads the header.
     *
     * @param value the header's value; {@code null} if there is none
     * @return empty if it says nothing that makes sense
     */
    public static Optional<AttemptHeader> parse(@Nullable String value) {
        if (value == null) {
            return Optional.empty();
        }
        Matcher matcher = SYNTAX.matcher(value);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int attempt = Integer.parseInt(matcher.group(1));
        int max = Integer.parseInt(matcher.group(2));
        return attempt >= 1 && attempt <= max ? Optional.of(new AttemptHeader(attempt, max)) : Optional.empty();
    }

    /**
     * Writes the header.
     *
     * @return its value
     */
    public String format() {
        return attempt + "; max=" + max;
    }

    /**
     * Whether the sender retries, so that its receiver need not.
     *
     * @return whether more than one attempt is made at most
     */
    public boolean isRetried() {
        return max > 1;
    }
}
