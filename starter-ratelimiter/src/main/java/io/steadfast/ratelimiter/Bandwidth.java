package io.steadfast.ratelimiter;

import java.time.Duration;
import java.util.Objects;

import io.steadfast.core.SettingsCheck;

/**
 * So many permits in so much time, refilled smoothly: a token bucket that holds {@code limit} permits and gets
 * {@code limit / period} of them back per unit of time. A bucket that was left alone for a period lets {@code limit} calls
 * through at once, and then one every {@code period / limit}.
 *
 * @param limit how many permits, at least 1
 * @param period in how much time, longer than zero
 */
public record Bandwidth(long limit, Duration period) {

    /**
     * Refuses {@code null}.
     *
     * @param limit how many permits
     * @param period in how much time
     */
    public Bandwidth {
        Objects.requireNonNull(period, "period");
    }

    /** Whether no call that this one lets through is ever stopped by the other. */
    boolean covers(Bandwidth other) {
        return limit <= other.limit && perNano() <= other.perNano();
    }

    double perNano() {
        return limit / (period.toSeconds() * 1e9 + period.getNano());
    }

    @Override
    public String toString() {
        return limit + " per " + SettingsCheck.text(period);
    }
}
