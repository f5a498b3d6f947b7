package io.steadfast.circuitbreaker;

import java.time.Duration;

import io.steadfast.core.Durations;
import io.steadfast.core.SettingsCheck;
import org.jspecify.annotations.Nullable;

/**
 * When slowness counts against the target.
 *
 * @param durationThreshold a call that takes longer is slow; {@code null}, the default, for no such thing, which also saves
 *     the clock reads
 * @param rateThreshold the share of slow calls that opens the breaker, in percent, above 0 and up to 100; default 100
 */
public record SlowCalls(@Nullable Duration durationThreshold, float rateThreshold) {

    boolean isCounted() {
        return durationThreshold != null;
    }

    /** Longer than any call takes, where slowness does not count. */
    Duration threshold() {
        return durationThreshold == null ? Duration.ofNanos(Long.MAX_VALUE) : durationThreshold;
    }

    boolean isSlow(long elapsedNanos) {
        return elapsedNanos > Durations.nanos(threshold());
    }

    void check(SettingsCheck check) {
        check.positive("slow-call-duration-threshold", durationThreshold)
                .that(
                        durationThreshold == null || durationThreshold.getSeconds() <= OpenTime.LONGEST.getSeconds(),
                        "must not be longer than 10 years, but is " + durationThreshold,
                        "slow-call-duration-threshold")
                .that(
                        rateThreshold > 0 && rateThreshold <= 100,
                        "must be above 0 and at most 100 percent, but is " + rateThreshold,
                        "slow-call-rate-threshold");
    }
}
