package io.steadfast.failover.health;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** Builds a {@link HealthConfig}, starting from the defaults. Not thread-safe. */
public final class HealthConfigBuilder {

    private final HealthCheck check;

    private Duration interval = Duration.ofSeconds(10);

    private double jitter = 0.2;

    private Duration timeout = Duration.ofSeconds(2);

    private int healthyThreshold = 2;

    private int unhealthyThreshold = 3;

    private @Nullable Duration edgeInterval;

    private @Nullable Duration noTrafficInterval;

    HealthConfigBuilder(HealthCheck check) {
        this.check = check;
    }

    /**
     * Sets how often an instance is asked.
     *
     * @param wait from the end of a check to the next
     * @return this builder
     */
    public HealthConfigBuilder interval(Duration wait) {
        this.interval = wait;
        return this;
    }

    /**
     * Sets how much longer a wait may be by chance.
     *
     * @param part from 0 for no longer to 1 for up to twice as long
     * @return this builder
     */
    public HealthConfigBuilder jitter(double part) {
        this.jitter = part;
        return this;
    }

    /**
     * Limits each check.
     *
     * @param longest how long one may take
     * @return this builder
     */
    public HealthConfigBuilder timeout(Duration longest) {
        this.timeout = longest;
        return this;
    }

    /**
     * Sets how soon an unhealthy instance is believed to be well again.
     *
     * @param checks how many must pass in a row; at least 1
     * @return this builder
     */
    public HealthConfigBuilder healthyThreshold(int checks) {
        this.healthyThreshold = checks;
        return this;
    }

    /**
     * Sets how soon a healthy instance that does not answer is given up.
     *
     * @param checks how many must fail in a row; at least 1
     * @return this builder
     */
    public HealthConfigBuilder unhealthyThreshold(int checks) {
        this.unhealthyThreshold = checks;
        return this;
    }

    /**
     * Sets how often an instance is asked while things are changing.
     *
     * @param wait not above the interval; {@code null} for one second, or the interval if that is shorter
     * @return this builder
     */
    public HealthConfigBuilder edgeInterval(@Nullable Duration wait) {
        this.edgeInterval = wait;
        return this;
    }

    /**
     * Sets how often an instance is asked while no calls go to the pool.
     *
     * @param wait not below the interval; zero for not at all, {@code null} for as often as otherwise
     * @return this builder
     */
    public HealthConfigBuilder noTrafficInterval(@Nullable Duration wait) {
        this.noTrafficInterval = wait;
        return this;
    }

    /**
     * Checks the settings.
     *
     * @return the configuration
     * @throws io.steadfast.core.InvalidSettingsException if they make no sense
     */
    public HealthConfig build() {
        Duration second = Duration.ofSeconds(1);
        Duration edge = edgeInterval != null ? edgeInterval : interval.compareTo(second) < 0 ? interval : second;
        return new HealthConfig(
                check, interval, jitter, timeout, healthyThreshold, unhealthyThreshold, edge, noTrafficInterval);
    }
}
