package io.steadfast.core.time;

import org.jspecify.annotations.Nullable;

/**
 * An alarm that the watchdog looks after. It is new each time, its bell is not: once released, it has no hold on the bell any
 * more, so whoever keeps on using it harms nobody.
 */
final class WatchedAlarm implements Alarm {

    private final Watchdog watchdog;

    private final Bell bell;

    private boolean released;

    /** The one below, while this one lies in the pool. */
    private @Nullable WatchedAlarm next;

    WatchedAlarm(Watchdog watchdog, Bell bell) {
        this.watchdog = watchdog;
        this.bell = bell;
    }

    @Override
    public void set(long delayNanos) {
        set(watchdog.nanos(), delayNanos);
    }

    @Override
    public void setFrom(Ticker ticker, long sinceNanos, long delayNanos) {
        set(watchdog.goesBy(ticker) ? sinceNanos : watchdog.nanos(), delayNanos);
    }

    private void set(long sinceNanos, long delayNanos) {
        if (released) {
            throw new IllegalStateException("This alarm has been released: ask the timer for another");
        }
        watchdog.set(bell, Watchdog.later(sinceNanos, delayNanos));
    }

    @Override
    public boolean clear() {
        return released || bell.clear();
    }

    @Override
    public void release() {
        if (!released) {
            bell.clearIfSet();
            bell.does(null);
            released = true;
            watchdog.takeBack(this);
        }
    }

    Bell bell() {
        return bell;
    }

    @Nullable
    WatchedAlarm next() {
        return next;
    }

    void next(@Nullable WatchedAlarm below) {
        next = below;
    }
}
