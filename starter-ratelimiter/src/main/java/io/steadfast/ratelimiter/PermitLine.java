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

    private transient volatile @Nullable PermitLine successor;

    PermitLine(Cycles cycles, long next) {
        super(next);
        this.cycles = cycles;
    }

    Cycles cycles() {
        return cycles;
    }

    /**
     * The line that goes on from here, by other cycles: what has been taken in the present period stays taken, up to the new
     * limit; permits that calls already wait for are spent.
     *
     * @return the same for all who ask; {@code null} if this one is retired
     */
    @Nullable
    PermitLine follow(Cycles later, long now) {
        long next = freeze();
        if (next == RETIRED) {
            return null;
        }
        long moment = later.notBeforeOrigin(now);
        long taken = cycles.taken(next, moment);
        long kept = taken <= cycles.limit() ? Math.min(taken, later.limit()) : later.limit() + taken - cycles.limit();
        SUCCESSOR.compareAndSet(this, null, new PermitLine(later, later.firstFree(0, moment) + kept));
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
