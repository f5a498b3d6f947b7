package io.steadfast.circuitbreaker;

import java.time.Duration;
import java.util.Objects;

import io.steadfast.core.SettingsCheck;

/**
 * How long an open breaker leaves its target alone: {@code initial × 2^(n-1)} at the n-th trip in a row, never longer than
 * {@code max}, and then shortened by a random part of up to {@code jitter}, so that many clients do not come back at the
 * same moment. Closing ends the row. Finagle's failure accrual grows its dead time the same way.
 *
 * <p>A wait that has grown is not sat out blindly: from {@code initial} on, one call each {@code probeInterval} is let through, and
 * the first that succeeds ends the wait. So a long outage costs the target little, and its end is noticed soon. Linkerd's failure
 * accrual probes with real calls, too.
 *
 * @param initial at the first trip; at least 1 ms, default 5 s
 * @param max the longest; default 60 s
 * @param jitter which part of the time is random, from 0 for none of it to 1 for all of it; default 0.2
 * @param automatic whether the breaker becomes half-open by itself when the time is up; otherwise, as by default, the next
 *     call makes it so
 * @param probeInterval from the end of one probe to the next, in a wait that has grown; default 2 s, zero for no probes
 */
public record OpenTime(Duration initial, Duration max, double jitter, boolean automatic, Duration probeInterval) {

    /** Nothing waits longer; sums of such times and any clock reading stay far from overflow. */
    static final Duration LONGEST = Duration.ofDays(3652);

    /**
     * Refuses {@code null}.
     *
     * @param initial at the first trip
     * @param max the longest
     * @param jitter the random part
     * @param automatic whether time alone ends it
     * @param probeInterval between probes
     */
    public OpenTime {
        Objects.requireNonNull(initial, "initial");
        Objects.requireNonNull(max, "max");
        Objects.requireNonNull(probeInterval, "probeInterval");
    }

    void check(SettingsCheck check) {
        check.that(
                        initial.compareTo(Duration.ofMillis(1)) >= 0,
                        "must be at least 1 ms, but is " + SettingsCheck.text(initial),
                        "wait-duration-in-open-state")
                .that(
                        initial.compareTo(max) <= 0,
                        "contradict each other: the first open time of " + SettingsCheck.text(initial)
                                + " is longer than the longest allowed, " + SettingsCheck.text(max),
                        "wait-duration-in-open-state",
                        "max-wait-duration-in-open-state")
                .that(
                        max.compareTo(LONGEST) <= 0,
                        "must not be longer than 10 years, but is " + max,
                        "max-wait-duration-in-open-state")
                .that(
                        !probeInterval.isNegative() && probeInterval.compareTo(LONGEST) <= 0,
                        "must be between 0 (no probes) and 10 years, but is " + SettingsCheck.text(probeInterval),
                        "probe-interval-in-open-state")
                .within("open-jitter", jitter, 0, 1);
    }

    /**
     * The time for one trip.
     *
     * @param trip the how manieth in a row, from 1
     * @param random from 0 to below 1
     * @return milliseconds, at least 1
     */
    long millis(int trip, double random) {
        long first = initial.toMillis();
        long most = max.toMillis();
        int doublings = Math.max(0, trip - 1);
        boolean pastMost = doublings >= Long.SIZE - 1 || first > most >> doublings;
        long grown = pastMost ? most : first << doublings;
        return Math.max(1, grown - (long) (grown * jitter * random));
    }
}
