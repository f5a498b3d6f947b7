package io.steadfast.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Dates as HTTP writes them, in the three forms that a receiver must understand (RFC 9110, section 5.6.7). The day of the week is not
 * looked at.
 */
final class HttpDates {

    /** Longer texts are no dates. */
    private static final int MOST_CHARACTERS = 64;

    private static final String GMT = " GMT";

    /** {@code 06 Nov 1994 08:49:37}. */
    private static final DateTimeFormatter IMF = DateTimeFormatter.ofPattern("d MMM uuuu HH:mm:ss", Locale.ENGLISH);

    /** {@code Nov 6 08:49:37 1994}. */
    private static final DateTimeFormatter ASCTIME = DateTimeFormatter.ofPattern("MMM d HH:mm:ss uuuu", Locale.ENGLISH);

    private HttpDates() {}

    /**
     * Reads a date.
     *
     * @param now tells the century of a year with two digits: one that would be more than 50 years ahead is past
     * @return the moment; {@code null} if it is no date
     */
    static @Nullable Instant parse(String value, Instant now) {
        if (value.length() > MOST_CHARACTERS) {
            return null;
        }
        try {
            int comma = value.indexOf(',');
            if (comma < 0) {
                int space = value.indexOf(' ');
                String asctime = value.substring(space + 1).replace("  ", " ").trim();
                return space < 0 ? null : instant(asctime, ASCTIME);
            }
            if (!value.endsWith(GMT)) {
                return null;
            }
            String text =
                    value.substring(comma + 1, value.length() - GMT.length()).trim();
            return instant(text, text.indexOf('-') < 0 ? IMF : rfc850(now));
        } catch (DateTimeException noDate) {
            return null;
        }
    }

    private static Instant instant(String text, DateTimeFormatter form) {
        return LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC);
    }

    /** {@code 06-Nov-94 08:49:37}. */
    private static DateTimeFormatter rfc850(Instant now) {
        int earliest = now.atOffset(ZoneOffset.UTC).getYear() - 49;
        return new DateTimeFormatterBuilder()
                .appendPattern("d-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, earliest)
                .appendPattern(" HH:mm:ss")
                .toFormatter(Locale.ENGLISH);
    }
}
