package io.steadfast.hedge;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** Builds a {@link HedgeConfig}, starting with the built-in values. Not thread-safe. */
public final class HedgeConfigBuilder {

    private @Nullable Duration delay;

    private double extraLoad = 0.05;

    private int maxExtra = 1;

    private int minimumCalls = 100;

    private Duration window = Duration.ofMinutes(1);

    private Duration throttledPause = Duration.ofSeconds(10);

    HedgeConfigBuilder() {}

    /**
     * Fixes the delay, or leaves it to the calls themselves.
     *
     * @param alone how long an attempt runs before another one may begin beside it, zero for at once; {@code null}, the default, for as
     *     long as all but the share of the extra load take
     * @return this builder
     */
    public HedgeConfigBuilder delay(@Nullable Duration alone) {
        this.delay = alone;
        return this;
    }

    /**
     * Limits how many calls are made twice.
     *
     * @param share of all calls, above 0, at most 1; default 0.05
     * @return this builder
     */
    public HedgeConfigBuilder extraLoad(double share) {
        this.extraLoad = share;
        return this;
    }

    /**
     * Limits how many attempts run beside the first of one call.
     *
     * @param attempts 1 to 10; default 1
     * @return this builder
     */
    public HedgeConfigBuilder maxExtra(int attempts) {
        this.maxExtra = attempts;
        return this;
    }

    /**
     * Says how many calls have to be measured before the delay is known.
     *
     * @param calls at least 1; default 100
     * @return this builder
     */
    public HedgeConfigBuilder minimumCalls(int calls) {
        this.minimumCalls = calls;
        return this;
    }

    /**
     * Says how far back calls count, for the delay and for the share.
     *
     * @param length 1 second to 1 hour; default 1 minute
     * @return this builder
     */
    public HedgeConfigBuilder window(Duration length) {
        this.window = length;
        return this;
    }

    /**
     * Says for how long nothing is hedged after the target has asked to slow down without saying for how long.
     *
     * @param length not negative; default 10 seconds
     * @return this builder
     */
    public HedgeConfigBuilder throttledPause(Duration length) {
        this.throttledPause = length;
        return this;
    }

    /**
     * Checks the settings.
     *
     * @return the configuration
     * @throws io.steadfast.core.InvalidSettingsException if they make no sense
     */
    public HedgeConfig build() {
        return new HedgeConfig(delay, extraLoad, maxExtra, minimumCalls, window, throttledPause);
    }
}
