package io.steadfast.ratelimiter;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import org.jspecify.annotations.Nullable;

/**
 * Hands out the permits of one key, or of all calls without one. Lock-free, and nothing is allocated for permits that are due.
 *
 * <p>The same rules as those of resilience4j's {@code AtomicRateLimiter}: permits left over at the end of a period are gone,
 * and a call may reserve permits of later periods. The number of the next free permit is all there is to keep; see
 * {@link Cycles}.
 */
final class PermitCounter {

    private static final AtomicReferenceFieldUpdater<PermitCounter, PermitLine> LINE =
            AtomicReferenceFieldUpdater.newUpdater(PermitCounter.class, PermitLine.class, "line");

    private final Terms terms;

    private volatile PermitLine line;

    /**
     * A counter that has given no permit of the present period.
     *
     * @param terms what its permits go by
     * @param now the present time
     */
    PermitCounter(Terms terms, long now) {
        this.terms = terms;
        Cycles cycles = terms.cycles();
        this.line = new PermitLine(cycles, cycles.firstFree(0, now));
    }

    /**
     * Takes permits that are due.
     *
     * @return {@code false} if there are not enough of them, or the counter is {@linkplain #isRetired() retired}
     */
    boolean takeNow(long now, int permits) {
        while (true) {
            PermitLine present = line;
            Cycles cycles = present.cycles();
            long start = cycles.start(now);
            long next = present.get();
            if (start < 0 || next < 0 || cycles != terms.cycles()) {
                if (upToDate(now) == null) {
                    return false;
                }
                continue;
            }
            long end = Math.max(next, start) + permits;
            if (end - start > cycles.limit()) {
                return false;
            }
            if (present.compareAndSet(next, end)) {
                return true;
            }
        }
    }

    /**
     * Reserves permits, unless the last of them is due too late.
     *
     * @param longestWait for how many nanoseconds the call may wait
     * @return {@code null} if they are not to be had, or the counter is {@linkplain #isRetired() retired}
     */
    @Nullable
    Reserved reserve(long now, int permits, long longestWait) {
        for (PermitLine present = upToDate(now); present != null; present = upToDate(now)) {
            long next = present.get();
            if (next >= 0) {
                long end = present.cycles().firstFree(next, now) + permits;
                long wait = present.cycles().waitNanos(end - 1, now);
                if (wait > longestWait) {
                    return null;
                }
                if (present.compareAndSet(next, end)) {
                    return new Reserved(present, end, permits, wait);
                }
            }
        }
        return null;
    }

    /** How long a call would have to wait that came now, in nanoseconds. */
    long waitNanos(long now, int permits) {
        for (PermitLine present = upToDate(now); present != null; present = upToDate(now)) {
            long next = present.get();
            if (next >= 0) {
                return present.cycles().waitNanos(present.cycles().firstFree(next, now) + permits - 1, now);
            }
        }
        return 0;
    }

    /** How many permits of this period and later ones are taken; 0 for a counter that is as good as a new one. */
    long taken(long now) {
        for (PermitLine present = upToDate(now); present != null; present = upToDate(now)) {
            long next = present.get();
            if (next >= 0) {
                return present.cycles().taken(next, now);
            }
        }
        return 0;
    }

    /** Takes whatever the present period has left; how many that was. */
    long drain(long now) {
        for (PermitLine present = upToDate(now); present != null; present = upToDate(now)) {
            long next = present.get();
            if (next >= 0) {
                long left =
                        Math.max(0, present.cycles().limit() - present.cycles().taken(next, now));
                if (present.compareAndSet(next, present.cycles().firstFree(next, now) + left)) {
                    return left;
                }
            }
        }
        return 0;
    }

    /**
     * Gives the counter up, so that nobody takes from it any more.
     *
     * @param mostTaken only if no more permits than this are taken
     * @return {@code false} if it was not done, or had been done before
     */
    boolean retire(long mostTaken, long now) {
        for (PermitLine present = upToDate(now); present != null; present = upToDate(now)) {
            long next = present.get();
            if (next >= 0) {
                if (present.cycles().taken(next, now) > mostTaken) {
                    return false;
                }
                if (present.compareAndSet(next, PermitLine.RETIRED)) {
                    return true;
                }
            }
        }
        return false;
    }

    boolean isRetired() {
        return line.get() == PermitLine.RETIRED;
    }

    /** The line to take from, by the present terms and with numbers that are low enough; {@code null} if there is none. */
    private @Nullable PermitLine upToDate(long now) {
        while (true) {
            PermitLine present = line;
            Cycles cycles = terms.cycles();
            if (cycles.start(now) < 0) {
                terms.countAnew(cycles, now);
            } else if (present.cycles() == cycles && present.get() >= 0) {
                return present;
            } else {
                PermitLine successor = present.follow(cycles);
                if (successor == null) {
                    return null;
                }
                LINE.compareAndSet(this, present, successor);
            }
        }
    }
}
