package io.steadfast.ratelimiter;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.steadfast.core.SettingsCheck;

/** What all permits of a limiter go by, and what of it can be changed while calls go on. Thread-safe. */
final class Terms {

    private static final AtomicReferenceFieldUpdater<Terms, Cycles> CYCLES =
            AtomicReferenceFieldUpdater.newUpdater(Terms.class, Cycles.class, "cycles");

    private volatile Cycles cycles;

    private volatile long timeoutNanos;

    /**
     * The terms to begin with.
     *
     * @param config the settings
     * @param now when the first period begins
     */
    Terms(LimiterConfig config, long now) {
        this.cycles = new Cycles(now, config.limitRefreshPeriod().toNanos(), config.limitForPeriod());
        this.timeoutNanos = config.timeoutDuration().toNanos();
    }

    Cycles cycles() {
        return cycles;
    }

    long timeoutNanos() {
        return timeoutNanos;
    }

    /** Begins to count anew, before numbers get too high. Somebody else may have done it already. */
    void countAnew(Cycles outgrown, long now) {
        CYCLES.compareAndSet(this, outgrown, outgrown.from(now, outgrown.limit()));
    }

    /**
     * Changes the number of permits, of the present period too.
     *
     * @throws io.steadfast.core.InvalidSettingsException if it is less than 1
     */
    void changeLimit(int limit, long now) {
        new SettingsCheck().atLeast("limit-for-period", limit, 1).refuseIfWrong();
        CYCLES.updateAndGet(this, before -> before.from(now, limit));
    }

    /** Changes everything, of the present period too; calls that wait already go on. */
    void goBy(LimiterConfig config, long now) {
        long period = config.limitRefreshPeriod().toNanos();
        CYCLES.updateAndGet(
                this,
                before -> before.limit() == config.limitForPeriod() && before.periodNanos() == period
                        ? before
                        : before.from(now, period, config.limitForPeriod()));
        timeoutNanos = config.timeoutDuration().toNanos();
    }

    /**
     * Changes how long calls may wait; those that wait already go on.
     *
     * @throws io.steadfast.core.InvalidSettingsException if it is negative
     */
    void changeTimeout(Duration timeout) {
        new SettingsCheck().notNegative("timeout-duration", timeout).refuseIfWrong();
        timeoutNanos =
                timeout.compareTo(LimiterConfig.LONGEST) < 0 ? timeout.toNanos() : LimiterConfig.LONGEST.toNanos();
    }

    /** Whether so many permits can ever be had: those beyond one period's have to be waited for. */
    boolean canEverGive(int permits) {
        Cycles present = cycles;
        long furtherPeriods = (permits - 1L) / present.limit();
        return furtherPeriods == 0 || furtherPeriods <= timeoutNanos / present.periodNanos();
    }
}
