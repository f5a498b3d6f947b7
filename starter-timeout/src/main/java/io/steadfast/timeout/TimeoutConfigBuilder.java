package io.steadfast.timeout;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** Builds a {@link TimeoutConfig}, starting without any limit. Not thread-safe. */
public final class TimeoutConfigBuilder {

    private @Nullable Duration limit;

    private @Nullable Duration total;

    private boolean separateThread;

    TimeoutConfigBuilder() {}

    /**
     * Limits each attempt.
     *
     * @param longest how long one attempt may take; {@code null} for no limit
     * @return this builder
     */
    public TimeoutConfigBuilder limit(@Nullable Duration longest) {
        this.limit = longest;
        return this;
    }

    /**
     * Limits the whole call.
     *
     * @param longest how long all attempts and waits may take together; {@code null} for no limit
     * @return this builder
     */
    public TimeoutConfigBuilder total(@Nullable Duration longest) {
        this.total = longest;
        return this;
    }

    /**
     * Says whether plain methods run on a thread of their own, so that their caller is let go even if they are deaf to
     * interrupts. Costs a thread per call, and what hangs on the caller's thread (a transaction, say) does not hold there.
     *
     * @param separate {@code true} for a thread of their own; default {@code false}
     * @return this builder
     */
    public TimeoutConfigBuilder separateThread(boolean separate) {
        this.separateThread = separate;
        return this;
    }

    /**
     * Checks the settings.
     *
     * @return the configuration
     * @throws io.steadfast.core.InvalidSettingsException if they make no sense
     */
    public TimeoutConfig build() {
        return new TimeoutConfig(limit, total, separateThread);
    }
}
