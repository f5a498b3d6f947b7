package io.steadfast.failover;

import java.time.Duration;
import java.util.Objects;

import io.steadfast.core.SettingsCheck;
import io.steadfast.failover.health.HealthConfig;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link FailoverPolicy} goes by. Immutable, and valid once it exists: settings that make no sense are refused with an
 * {@link io.steadfast.core.InvalidSettingsException}.
 *
 * @param picker how an instance is chosen; default {@link PickerType#PEAK_EWMA}
 * @param zone where this application stands: instances of the same zone are preferred; {@code null}, the default, for no preference
 * @param slowStart how long an instance that joins others, or comes back, works up to its usual share, 0 to 1 h; default 30 s, 0 for
 *     not at all
 * @param panicThreshold if fewer than so many percent of the instances are in service, all of them are used, 0 to 100; default 50, 0
 *     for only if none is
 * @param refreshInterval how often the source is asked, 100 ms to 1 day; default 10 s
 * @param keepLastGood how long instances stay in use after the source has last named any; default 1 h, 0 for not at all
 * @param firstListWait how long after its start calls may wait for the first list, 0 to 1 min; default 2 s
 * @param ejection when instances that fail are set aside; {@code null} for never
 * @param health how instances are checked apart from calls; {@code null}, the default, for not at all
 */
public record FailoverConfig(
        PickerType picker,
        @Nullable String zone,
        Duration slowStart,
        int panicThreshold,
        Duration refreshInterval,
        Duration keepLastGood,
        Duration firstListWait,
        @Nullable EjectionConfig ejection,
        @Nullable HealthConfig health) {

    private static final Duration SHORTEST_REFRESH = Duration.ofMillis(100);

    private static final Duration LONGEST_REFRESH = Duration.ofDays(1);

    private static final Duration LONGEST_SLOW_START = Duration.ofHours(1);

    private static final Duration LONGEST_FIRST_WAIT = Duration.ofMinutes(1);

    /** Made last, because its check needs the bounds above. */
    private static final FailoverConfig DEFAULTS = new FailoverConfigBuilder().build();

    /**
     * Checks the settings, all of them, before it refuses any.
     *
     * @param picker how an instance is chosen
     * @param zone where this application stands
     * @param slowStart how long an instance works up to its usual share
     * @param panicThreshold percent in service below which all are used
     * @param refreshInterval how often the source is asked
     * @param keepLastGood how long a list is used that is not confirmed
     * @param firstListWait how long calls may wait for the first list
     * @param ejection when instances are set aside
     * @param health how instances are checked
     */
    public FailoverConfig {
        Objects.requireNonNull(picker, "picker");
        Objects.requireNonNull(slowStart, "slowStart");
        Objects.requireNonNull(refreshInterval, "refreshInterval");
        Objects.requireNonNull(keepLastGood, "keepLastGood");
        Objects.requireNonNull(firstListWait, "firstListWait");
        SettingsCheck check = new SettingsCheck()
                .that(zone == null || !zone.isBlank(), "must not be blank; remove it for no preference", "zone")
                .within("panic-threshold", panicThreshold, 0, 100)
                .notNegative("keep-last-good", keepLastGood);
        within(check, "slow-start", slowStart, Duration.ZERO, LONGEST_SLOW_START);
        within(check, "refresh-interval", refreshInterval, SHORTEST_REFRESH, LONGEST_REFRESH);
        within(check, "first-list-wait", firstListWait, Duration.ZERO, LONGEST_FIRST_WAIT);
        check.refuseIfWrong();
    }

    /**
     * Two random choices by peak EWMA, ejection on, health checks off.
     *
     * @return the shared constant
     */
    public static FailoverConfig defaults() {
        return DEFAULTS;
    }

    /**
     * Starts from the defaults.
     *
     * @return a new builder
     */
    public static FailoverConfigBuilder builder() {
        return new FailoverConfigBuilder();
    }

    static void within(SettingsCheck check, String key, Duration value, Duration least, Duration most) {
        check.that(
                value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                "must be between " + SettingsCheck.text(least) + " and " + SettingsCheck.text(most) + ", but is "
                        + SettingsCheck.text(value),
                key);
    }
}
