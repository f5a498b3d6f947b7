package io.steadfast.timeout.autoconfigure;

import java.time.Duration;

import io.steadfast.core.Durations;

/**
 * What fits into a total if each attempt takes as long as it may, waits not counted. Durations beyond 292 years are taken as
 * that.
 *
 * @param total how long all attempts may take together, longer than zero
 * @param limit how long one may take, longer than zero
 */
record AttemptsWithin(Duration total, Duration limit) {

    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    /** How many attempts end within the total. */
    long most() {
        return Durations.nanos(total) / Durations.nanos(limit);
    }

    /** How long a number of attempts takes. */
    Duration needed(int attempts) {
        long one = Durations.nanos(limit);
        return attempts > Long.MAX_VALUE / one ? LONGEST : Duration.ofNanos(one * attempts);
    }

    /** The longest limit, in whole milliseconds unless it is shorter than one, with which a number of attempts fits. */
    Duration longestLimit(int attempts) {
        Duration share = Duration.ofNanos(Durations.nanos(total) / attempts);
        return share.toMillis() == 0 ? share : Duration.ofMillis(share.toMillis());
    }
}
