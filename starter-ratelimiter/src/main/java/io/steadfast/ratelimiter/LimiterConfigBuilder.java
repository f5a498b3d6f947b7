package io.steadfast.ratelimiter;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** Puts a {@link LimiterConfig} together, starting from the defaults. Not thread-safe. */
public final class LimiterConfigBuilder {

    private int limitForPeriod = 50;

    private Duration limitRefreshPeriod = Duration.ofSeconds(1);

    private Duration timeoutDuration = Duration.ZERO;

    private Scope scope = Scope.LOCAL;

    private StoreDown storeDown = StoreDown.LOCAL;

    private int maxKeys = 10_000;

    private @Nullable Duration keyIdleTime;

    LimiterConfigBuilder() {}

    /**
     * How many permits there are in each period.
     *
     * @param permits at least 1; default 50
     * @return this builder
     */
    public LimiterConfigBuilder limitForPeriod(int permits) {
        this.limitForPeriod = permits;
        return this;
    }

    /**
     * How long a period is. Permits that are left over at its end are gone.
     *
     * @param period longer than zero; default 1 s
     * @return this builder
     */
    public LimiterConfigBuilder limitRefreshPeriod(Duration period) {
        this.limitRefreshPeriod = period;
        return this;
    }

    /**
     * How long a call may wait for its permits. A call that would have to wait longer is refused at once.
     *
     * @param timeout zero, the default, for not at all
     * @return this builder
     */
    public LimiterConfigBuilder timeoutDuration(Duration timeout) {
        this.timeoutDuration = timeout;
        return this;
    }

    /**
     * Who counts together.
     *
     * @param scope default {@link Scope#LOCAL}
     * @return this builder
     */
    public LimiterConfigBuilder scope(Scope scope) {
        this.scope = scope;
        return this;
    }

    /**
     * What a shared limit does while its store does not answer.
     *
     * @param storeDown default {@link StoreDown#LOCAL}
     * @return this builder
     */
    public LimiterConfigBuilder storeDown(StoreDown storeDown) {
        this.storeDown = storeDown;
        return this;
    }

    /**
     * How many keys are told apart at the same time.
     *
     * @param maxKeys from 1 to 10 000 000; default 10 000
     * @return this builder
     */
    public LimiterConfigBuilder maxKeys(int maxKeys) {
        this.maxKeys = maxKeys;
        return this;
    }

    /**
     * How long a key must not have been used to be forgotten.
     *
     * @param time at least one period; {@code null}, the default, for 10 minutes, or one period if that is longer
     * @return this builder
     */
    public LimiterConfigBuilder keyIdleTime(@Nullable Duration time) {
        this.keyIdleTime = time;
        return this;
    }

    /**
     * Checks the settings.
     *
     * @return the configuration
     * @throws io.steadfast.core.InvalidSettingsException if they make no sense
     */
    public LimiterConfig build() {
        return new LimiterConfig(
                limitForPeriod, limitRefreshPeriod, timeoutDuration, scope, storeDown, maxKeys, keyIdleTime);
    }
}
