package io.steadfast.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * How long an answer asks to be left alone: {@code Retry-After} in seconds or as a date (RFC 9110, section 10.2.3), and on 429 and 503
 * also the reset of a rate limit: {@code RateLimit} and {@code RateLimit-Reset} (draft-ietf-httpapi-ratelimit-headers) and
 * {@code X-RateLimit-Reset}, in seconds or as the second of the epoch.
 *
 * <p>A date counts from the answer's own {@code Date}, so that a clock that is off does no harm. What is no time, or has passed, asks for
 * nothing: the caller's own back-off holds.
 */
final class AskedWait {

    /** From here on a number of seconds is a moment: nobody asks to be left alone for thirty years. */
    private static final long MOMENT = 1_000_000_000L;

    /** And from here on it counts milliseconds. */
    private static final long MOMENT_MILLIS = 1_000_000_000_000L;

    /** The longest number that is read to its end; longer ones are as good as endless. */
    private static final int MOST_DIGITS = 18;

    private static final Duration ENDLESS = Duration.ofSeconds(Long.MAX_VALUE);

    private static final Pattern RESET = Pattern.compile("[;,\\s](?:t|reset)\\s*+=\\s*+(\\d++)");

    private AskedWait() {}

    /**
     * Reads what an answer asks for.
     *
     * @return above zero and of any length; {@code null} if it asks for nothing
     */
    static @Nullable Duration of(HttpAnswer answer, InstantSource clock) {
        Duration asked = retryAfter(answer, clock);
        if (asked == null && (answer.status() == 429 || answer.status() == 503)) {
            asked = reset(answer, clock);
        }
        return asked == null || asked.isZero() || asked.isNegative() ? null : asked;
    }

    private static @Nullable Duration retryAfter(HttpAnswer answer, InstantSource clock) {
        String value = answer.only(ResilienceHeaders.RETRY_AFTER);
        if (value == null) {
            return null;
        }
        if (isNumber(value)) {
            return seconds(value);
        }
        Instant now = now(answer, clock);
        Instant moment = HttpDates.parse(value, now);
        return moment == null ? null : Duration.between(now, moment);
    }

    private static @Nullable Duration reset(HttpAnswer answer, InstantSource clock) {
        Duration longest = null;
        for (String value : answer.values("RateLimit")) {
            Matcher matcher = RESET.matcher(";" + value);
            while (matcher.find()) {
                Duration found = seconds(matcher.group(1));
                longest = longest == null || found.compareTo(longest) > 0 ? found : longest;
            }
        }
        return longest != null ? longest : numericReset(answer, clock);
    }

    private static @Nullable Duration numericReset(HttpAnswer answer, InstantSource clock) {
        for (String header : new String[] {"RateLimit-Reset", "X-RateLimit-Reset"}) {
            String value = answer.only(header);
            if (value != null && isNumber(value)) {
                Duration number = seconds(value);
                long count = number.getSeconds();
                if (count < MOMENT || number.equals(ENDLESS)) {
                    return number;
                }
                Instant moment = count < MOMENT_MILLIS ? Instant.ofEpochSecond(count) : Instant.ofEpochMilli(count);
                return Duration.between(now(answer, clock), moment);
            }
        }
        return null;
    }

    private static boolean isNumber(String value) {
        return !value.isEmpty() && value.chars().allMatch(character -> character >= '0' && character <= '9');
    }

    private static Duration seconds(String digits) {
        return digits.length() > MOST_DIGITS ? ENDLESS : Duration.ofSeconds(Long.parseLong(digits));
    }

    private static Instant now(HttpAnswer answer, InstantSource clock) {
        Instant own = clock.instant();
        String date = answer.only("Date");
        Instant stated = date == null ? null : HttpDates.parse(date, own);
        return stated == null ? own : stated;
    }
}
