package io.steadfast.failover;

import java.time.Duration;

import io.steadfast.failover.health.HealthConfig;
import org.jspecify.annotations.Nullable;

/** Builds a {@link FailoverConfig}, starting from the defaults. Not thread-safe. */
public final class FailoverConfigBuilder {

    private PickerType picker = PickerType.PEAK_EWMA;

    private @Nullable String zone;

    private Duration slowStart = Duration.ofSeconds(30);

    private int panicThreshold = 50;

    private Duration refreshInterval = Duration.ofSeconds(10);

    private Duration keepLastGood = Duration.ofHours(1);

    private Duration firstListWait = Duration.ofSeconds(2);

    private @Nullable EjectionConfig ejection = EjectionConfig.defaults();

    private @Nullable HealthConfig health;

    FailoverConfigBuilder() {}

    /**
     * Sets how an instance is chosen.
     *
     * @param type the algorithm
     * @return this builder
     */
    public FailoverConfigBuilder picker(PickerType type) {
        this.picker = type;
        return this;
    }

    /**
     * Sets where this application stands.
     *
     * @param own its zone; {@code null} for no preference
     * @return this builder
     */
    public FailoverConfigBuilder zone(@Nullable String own) {
        this.zone = own;
        return this;
    }

    /**
     * Sets how long an instance that joins or comes back works up to its usual share.
     *
     * @param window 0 for not at all
     * @return this builder
     */
    public FailoverConfigBuilder slowStart(Duration window) {
        this.slowStart = window;
        return this;
    }

    /**
     * Sets below which share in service all instances are used.
     *
     * @param percent 0 for only if none is
     * @return this builder
     */
    public FailoverConfigBuilder panicThreshold(int percent) {
        this.panicThreshold = percent;
        return this;
    }

    /**
     * Sets how often the source is asked.
     *
     * @param interval from one asking to the next
     * @return this builder
     */
    public FailoverConfigBuilder refreshInterval(Duration interval) {
        this.refreshInterval = interval;
        return this;
    }

    /**
     * Sets how long instances stay in use after the source has last named any.
     *
     * @param longest 0 for not at all
     * @return this builder
     */
    public FailoverConfigBuilder keepLastGood(Duration longest) {
        this.keepLastGood = longest;
        return this;
    }

    /**
     * Sets how long after the start calls may wait for the first list.
     *
     * @param longest 0 for not at all
     * @return this builder
     */
    public FailoverConfigBuilder firstListWait(Duration longest) {
        this.firstListWait = longest;
        return this;
    }

    /**
     * Sets when instances that fail are set aside.
     *
     * @param config when; {@code null} for never
     * @return this builder
     */
    public FailoverConfigBuilder ejection(@Nullable EjectionConfig config) {
        this.ejection = config;
        return this;
    }

    /**
     * Sets how instances are checked apart from calls.
     *
     * @param config how; {@code null} for not at all
     * @return this builder
     */
    public FailoverConfigBuilder health(@Nullable HealthConfig config) {
        this.health = config;
        return this;
    }

    /**
     * Checks the settings.
     *
     * @return the configuration
     * @throws io.steadfast.core.InvalidSettingsException if they make no sense
     */
    public FailoverConfig build() {
        return new FailoverConfig(
                picker,
                zone,
                slowStart,
                panicThreshold,
                refreshInterval,
                keepLastGood,
                firstListWait,
                ejection,
                health);
    }
}
