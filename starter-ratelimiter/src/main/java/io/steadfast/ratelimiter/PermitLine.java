package io.steadfast.ratelimiter;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import org.jspecify.annotations.Nullable;

/**
 * The number of the next free permit. A line that is {@linkplain #freeze frozen} gives no more permits: a successor, which
 * counts by other cycles, goes on where it stopped. One that is {@linkplain #RETIRED retired} has none.
 */
final class PermitLine extends AtomicLong {

    /** What a line holds whose key has been forgotten. */
    static final long RETIRED = -1;

    private static final long FROZEN = Long.MIN_VALUE;

    private static final AtomicReferenceFieldUpdater<PermitLine, PermitLine> SUCCESSOR =
            AtomicReferenceFieldUpdater.newUpdater(PermitLine.class, PermitLine.class, "successor");

    private final transient Cycles cycles;

    /** What had been given in the first period beyond its limit, when that was higher: for when it is raised again. */
    private final transient long surplus;

    private transient volatile @Nullable PermitLine successor;

    PermitLine(Cycles cycles, long next) {
        this(cycles, next, 0);
    }

    private PermitLine(Cycles cycles, long next, long surplus) {
        super(next);
        this.cycles = cycles;
        this.surplus = surplus;
    }

    Cycles cycles() {
        return cycles;
    }

    /**
     * The line that goes on from here, by other cycles: what had been taken in the period in which they came stays taken, up to the
     * new limit; permits that calls already wait for are spent.
     *
     * @return the same for all who ask; {@code null} if this one is retired
     */
    @Nullable
    PermitLine follow(Cycles later) {
        long next = freeze();
        if (next == RETIRED) {
            return null;
        }
        long moment = later.sinceNanos();
        long taken = cycles.taken(next, moment);
        long waitedFor = Math.max(0, taken - cycles.limit());
        long given = taken - waitedFor + (cycles.start(moment) == cycles.start(cycles.sinceNanos()) ? surplus : 0);
        long kept = waitedFor == 0 ? Math.min(given, later.limit()) : later.limit() + waitedFor;
        PermitLine made = new PermitLine(later, later.firstFree(0, moment) + kept, Math.max(0, given - later.limit()));
        SUCCESSOR.compareAndSet(this, null, made);
        return successor;
    }

    /** Ends the line; the number it ended with. */
    private long freeze() {
        while (true) {
            long next = get();
            if (next < 0) {
                return next == RETIRED ? RETIRED : next & ~FROZEN;
            }
            if (compareAndSet(next, next | FROZEN)) {
                return next;
            }
        }
    }
}
