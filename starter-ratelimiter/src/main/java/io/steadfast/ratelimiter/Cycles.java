package io.steadfast.ratelimiter;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Which permits belong to which period. Permits are numbered for ever: period {@code c} has those from {@code c × limit} up to
 * {@code (c + 1) × limit}, so that the number of a permit says when it is due. Immutable but for a memory of the latest period.
 */
final class Cycles {

    /** Numbers stay below this, so that adding to one cannot overflow, and the sign is free for another use. */
    private static final long HIGHEST = 1L << 61;

    private static final long LONGEST_WAIT = Long.MAX_VALUE >> 1;

    private final long originNanos;

    private final long sinceNanos;

    private final long periodNanos;

    private final int limit;

    private final long lastCycle;

    /** A division costs more than all the rest, and most calls come in the same period as the one before. */
    private final AtomicLong recent = new AtomicLong();

    /**
     * Periods without a gap.
     *
     * @param originNanos when the first one begins
     * @param periodNanos how long each is, at least 1
     * @param limit how many permits each has, at least 1
     */
    Cycles(long originNanos, long periodNanos, int limit) {
        this(originNanos, originNanos, periodNanos, limit);
    }

    private Cycles(long originNanos, long sinceNanos, long periodNanos, int limit) {
        this.originNanos = originNanos;
        this.sinceNanos = sinceNanos;
        this.periodNanos = periodNanos;
        this.limit = limit;
        this.lastCycle = HIGHEST / limit;
    }

    int limit() {
        return limit;
    }

    long periodNanos() {
        return periodNanos;
    }

    /** The number of the first permit of the present period; negative if numbers have become too high to go on with. */
    long start(long now) {
        long cycle = cycle(now);
        return cycle > lastCycle ? -1 : cycle * limit;
    }

    /** The number of the first permit that is not taken, of the present period or a later one. */
    long firstFree(long next, long now) {
        return Math.max(next, Math.max(0, start(now)));
    }

    /** How many permits before {@code next} belong to the present period or a later one. */
    long taken(long next, long now) {
        long cycle = cycle(now);
        return cycle > next / limit ? 0 : next - cycle * limit;
    }

    /**
     * How long until a permit is due.
     *
     * @param permit its number
     * @return nanoseconds, 0 if it is due already; half of for ever for everything beyond
     */
    long waitNanos(long permit, long now) {
        long cycle = cycle(now);
        long ahead = permit / limit - cycle;
        if (ahead <= 0) {
            return 0;
        }
        if (ahead > LONGEST_WAIT / periodNanos) {
            return LONGEST_WAIT;
        }
        return ahead * periodNanos - (now - originNanos - cycle * periodNanos);
    }

    /** The same periods with another number of permits in each, counted from the present one on. */
    Cycles from(long now, int newLimit) {
        return from(now, periodNanos, newLimit);
    }

    /**
     * Periods of another length, with another number of permits in each. A longer one begins when the present one did; a shorter
     * one ends when the present one would have, or when one that begins now does if that is sooner. So the present period is
     * neither given twice nor longer than both say.
     */
    Cycles from(long now, long newPeriodNanos, int newLimit) {
        long start = originNanos + cycle(now) * periodNanos;
        long sinceStart = Math.max(0, now - start);
        long skipped = Math.max(0, Math.min(sinceStart, periodNanos - newPeriodNanos));
        return new Cycles(start + skipped, start + sinceStart, newPeriodNanos, newLimit);
    }

    /** The moment from which these periods count: in the first of them. */
    long sinceNanos() {
        return sinceNanos;
    }

    /** Readings of the clock mean nothing but by their difference, which is right even where the clock overflows. */
    private long cycle(long now) {
        long elapsed = now - originNanos;
        if (elapsed < 0) {
            return 0;
        }
        long known = recent.getOpaque();
        long since = elapsed - known * periodNanos;
        if (since >= 0 && since < periodNanos) {
            return known;
        }
        long cycle = elapsed / periodNanos;
        recent.setOpaque(cycle);
        return cycle;
    }
}
