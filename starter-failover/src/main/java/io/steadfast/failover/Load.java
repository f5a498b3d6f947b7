package io.steadfast.failover;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * What calls tell of one instance: how many it serves, how long it takes, how they ended. Lock-free, and nothing is allocated. Times
 * are nanoseconds since the pool began.
 */
class Load {

    /** What an instance that has not answered yet is thought to take, so that it is asked by one call at first and not by all. */
    private static final long UNKNOWN_NANOS = 1_000_000_000;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private static final AtomicIntegerFieldUpdater<Load> IN_FLIGHT =
            AtomicIntegerFieldUpdater.newUpdater(Load.class, "inFlight");

    private static final AtomicIntegerFieldUpdater<Load> STREAK =
            AtomicIntegerFieldUpdater.newUpdater(Load.class, "streak");

    private static final AtomicLongFieldUpdater<Load> MEAN = AtomicLongFieldUpdater.newUpdater(Load.class, "mean");

    private static final AtomicLongFieldUpdater<Load> AVOID_UNTIL =
            AtomicLongFieldUpdater.newUpdater(Load.class, "avoidUntil");

    private static final AtomicLongFieldUpdater<Load> COUNTS = AtomicLongFieldUpdater.newUpdater(Load.class, "counts");

    private volatile int inFlight;

    private volatile int streak;

    private volatile long mean;

    /** Until then an answer counts as expected no sooner; 0 for never. */
    private volatile long avoidUntil;

    /** Of the present interval: those that went well above, failures below. */
    private volatile long counts;

    final void enter() {
        IN_FLIGHT.incrementAndGet(this);
    }

    final void leave() {
        IN_FLIGHT.decrementAndGet(this);
    }

    /** How many attempts hold a lease. */
    public final int inFlight() {
        return inFlight;
    }

    final void served(long now, long elapsedNanos) {
        COUNTS.addAndGet(this, 1L << Integer.SIZE);
        if (streak != 0) {
            streak = 0;
        }
        observe(now, elapsedNanos);
    }

    /**
     * An attempt failed. A failure that comes fast must not make the instance look fast: its time counts only where it is long, and
     * calls stay away for a while.
     */
    final void failed(long now, long elapsedNanos, long avoidNanos) {
        COUNTS.incrementAndGet(this);
        if (elapsedNanos > PeakEwma.at(mean, millis(now))) {
            observe(now, elapsedNanos);
        }
        long until = now + avoidNanos;
        if (until > avoidUntil) {
            AVOID_UNTIL.accumulateAndGet(this, until, Math::max);
        }
    }

    /** One more failure in a row. */
    final int prolongStreak() {
        return STREAK.incrementAndGet(this);
    }

    final void endStreak() {
        streak = 0;
    }

    /** Takes what has been counted since the last time. */
    final Counts takeCounts() {
        return Counts.of(COUNTS.getAndSet(this, 0));
    }

    final Counts counts() {
        return Counts.of(counts);
    }

    /** How long one more request would take. */
    final double costAt(long now) {
        long mean = this.mean;
        int waiting = inFlight;
        double one = mean == 0 && waiting > 0 ? UNKNOWN_NANOS : PeakEwma.at(mean, millis(now));
        long until = avoidUntil;
        return (one + (until == 0 ? 0 : Math.max(0, until - now))) * (waiting + 1);
    }

    /** How long an answer takes, by those of late; 0 if there was none. */
    final long expectedNanos(long now) {
        return Math.round(PeakEwma.at(mean, millis(now)));
    }

    private void observe(long now, long elapsedNanos) {
        long before;
        long after;
        do {
            before = mean;
            after = PeakEwma.with(before, millis(now), elapsedNanos);
        } while (before != after && !MEAN.compareAndSet(this, before, after));
    }

    private static long millis(long now) {
        return now / NANOS_PER_MILLI;
    }

    /** How attempts ended. */
    record Counts(long succeeded, long failed) {

        static Counts of(long packed) {
            return new Counts(packed >>> Integer.SIZE, packed & 0xFFFF_FFFFL);
        }

        long calls() {
            return succeeded + failed;
        }
    }
}
