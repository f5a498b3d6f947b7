package io.steadfast.failover;

import java.time.Duration;
import java.util.function.Function;

import io.steadfast.core.Gate;
import io.steadfast.core.Instance;
import org.jspecify.annotations.Nullable;

/** Builds an {@link EjectionConfig}, starting from the defaults. Not thread-safe. */
public final class EjectionConfigBuilder {

    private int consecutiveFailures = 5;

    private double successRateDeviation = 1.9;

    private int failurePercentage;

    private int minimumCalls = 20;

    private Duration interval = Duration.ofSeconds(10);

    private Duration baseTime = Duration.ofSeconds(30);

    private Duration maxTime = Duration.ofSeconds(300);

    private int maxEjectedPercent = 50;

    private @Nullable Function<? super Instance, ? extends Gate> instanceGate;

    EjectionConfigBuilder() {}

    /**
     * Sets how many failures in a row suffice.
     *
     * @param failures 0 for no such rule
     * @return this builder
     */
    public EjectionConfigBuilder consecutiveFailures(int failures) {
        this.consecutiveFailures = failures;
        return this;
    }

    /**
     * Sets how far an instance's success rate may be below that of the others.
     *
     * @param sigmas in standard deviations; 0 for no such rule
     * @return this builder
     */
    public EjectionConfigBuilder successRateDeviation(double sigmas) {
        this.successRateDeviation = sigmas;
        return this;
    }

    /**
     * Sets which share of failures in an interval suffices.
     *
     * @param percent 0 for no such rule
     * @return this builder
     */
    public EjectionConfigBuilder failurePercentage(int percent) {
        this.failurePercentage = percent;
        return this;
    }

    /**
     * Sets how many calls an instance must have served before its rates are looked at.
     *
     * @param calls in one interval, at least 1
     * @return this builder
     */
    public EjectionConfigBuilder minimumCalls(int calls) {
        this.minimumCalls = calls;
        return this;
    }

    /**
     * Sets how often rates are looked at.
     *
     * @param between from one look to the next
     * @return this builder
     */
    public EjectionConfigBuilder interval(Duration between) {
        this.interval = between;
        return this;
    }

    /**
     * Sets for how long an instance is set aside the first time, and how much longer each time in a row.
     *
     * @param first longer than 0
     * @return this builder
     */
    public EjectionConfigBuilder baseTime(Duration first) {
        this.baseTime = first;
        return this;
    }

    /**
     * Sets for how long an instance is set aside at most.
     *
     * @param longest not less than the first time
     * @return this builder
     */
    public EjectionConfigBuilder maxTime(Duration longest) {
        this.maxTime = longest;
        return this;
    }

    /**
     * Sets how much of the pool may be set aside at a time.
     *
     * @param percent 1 to 100
     * @return this builder
     */
    public EjectionConfigBuilder maxEjectedPercent(int percent) {
        this.maxEjectedPercent = percent;
        return this;
    }

    /**
     * Sets what is asked before an instance is used, for example a circuit breaker for each.
     *
     * @param factory makes the gate of an instance; it must not ask calls to wait. {@code null} for none
     * @return this builder
     */
    public EjectionConfigBuilder instanceGate(@Nullable Function<? super Instance, ? extends Gate> factory) {
        this.instanceGate = factory;
        return this;
    }

    /**
     * Checks the settings.
     *
     * @return the configuration
     * @throws io.steadfast.core.InvalidSettingsException if they make no sense
     */
    public EjectionConfig build() {
        return new EjectionConfig(
                consecutiveFailures,
                successRateDeviation,
                failurePercentage,
                minimumCalls,
                interval,
                baseTime,
                maxTime,
                maxEjectedPercent,
                instanceGate);
    }
}
