package io.steadfast.http;

import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

/**
 * The value of {@link ResilienceHeaders#TIMEOUT}: how much time is left, in gRPC's notation: one to eight digits and a unit, which is
 * {@code H}, {@code M} or {@code S} for hours, minutes and seconds, {@code m}, {@code u} or {@code n} for thousandths, millionths and
 * billionths of a second. {@code 800m} is 800 milliseconds.
 *
 * <p>Time left, not a moment: the clocks of two hosts need not agree. Source: gRPC over HTTP2, "Timeout".
 */
public final class TimeoutHeader {

    private static final String UNITS = "numSMH";

    /** How many nanoseconds each of {@link #UNITS} has. */
    private static final long[] NANOS = {1, 1_000, 1_000_000, 1_000_000_000, 60_000_000_000L, 3_600_000_000_000L};

    private static final int MOST_DIGITS = 8;

    private static final long TOO_LARGE = 100_000_000;

    private TimeoutHeader() {}

    /**
     * Writes a time in the finest unit that eight digits are enough for. What the unit cannot hold is cut off, so that nobody is told
     * of more time than there is.
     *
     * @param nanos the time in nanoseconds; zero or less, that is none, is written as the smallest time there is
     * @return the header's value
     */
    public static String format(long nanos) {
        long left = Math.max(1, nanos);
        int unit = 0;
        while (left / NANOS[unit] >= TOO_LARGE) {
            unit++;
        }
        return left / NANOS[unit] + UNITS.substring(unit, unit + 1);
    }

    /**
     * Reads a time.
     *
     * @param value the header's value; {@code null} if there is none
     * @return nanoseconds, {@link Long#MAX_VALUE} for anything longer than that; empty if the value is no time
     */
    public static OptionalLong parse(@Nullable String value) {
        int digits = value == null ? 0 : value.length() - 1;
        if (value == null || digits < 1 || digits > MOST_DIGITS) {
            return OptionalLong.empty();
        }
        int unit = UNITS.indexOf(value.charAt(digits));
        if (unit < 0) {
            return OptionalLong.empty();
        }
        long count = 0;
        for (int i = 0; i < digits; i++) {
            int digit = value.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return OptionalLong.empty();
            }
            count = count * 10 + digit;
        }
        return OptionalLong.of(count > Long.MAX_VALUE / NANOS[unit] ? Long.MAX_VALUE : count * NANOS[unit]);
    }
}
