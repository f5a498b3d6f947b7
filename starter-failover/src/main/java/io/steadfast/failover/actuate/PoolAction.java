package io.steadfast.failover.actuate;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.steadfast.failover.Pool;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/** What an operator can do to an instance. */
enum PoolAction {
    EJECT {
        @Override
        boolean on(Pool pool, String instance, Duration time) {
            return pool.eject(instance, time);
        }
    },
    DRAIN {
        @Override
        boolean on(Pool pool, String instance, Duration time) {
            return pool.drain(instance, time);
        }
    },
    RESTORE {
        @Override
        boolean on(Pool pool, String instance, Duration time) {
            return pool.restore(instance);
        }
    };

    /** An order that nobody takes back ends some time. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private static final Pattern WITHOUT_UNIT = Pattern.compile("[+-]?\\d+");

    private static final Duration UNLESS_SAID = Duration.ofMinutes(10);

    /** Does it; {@code false} if the pool has no such instance. */
    abstract boolean on(Pool pool, String instance, Duration time);

    /** @throws IllegalArgumentException with a reason for the operator */
    static PoolAction parse(@Nullable String text) {
        for (PoolAction action : values()) {
            if (action.toString().equalsIgnoreCase(text)) {
                return action;
            }
        }
        throw new IllegalArgumentException((text == null ? "There is no action" : "There is no action '" + text + "'")
                + ": say one of "
                + Arrays.stream(values()).map(PoolAction::toString).collect(Collectors.joining(", ")));
    }

    /** @throws IllegalArgumentException with a reason for the operator */
    static Duration time(@Nullable String text) {
        if (text == null) {
            return UNLESS_SAID;
        }
        if (WITHOUT_UNIT.matcher(text.trim()).matches()) { // to Boot these are milliseconds, which nobody means here
            throw new IllegalArgumentException("'" + text + "' has no unit: say for example 30s or 10m");
        }
        Duration time;
        try {
            time = DurationStyle.detectAndParse(text.trim());
        } catch (IllegalArgumentException none) {
            throw new IllegalArgumentException("'" + text + "' is no duration: say for example 30s or 10m", none);
        }
        if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("'for' must be longer than 0 and at most 24h, but is " + text);
        }
        return time;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
