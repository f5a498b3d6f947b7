package io.steadfast.circuitbreaker;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The last calls by number: a ring of their outcomes, and the sum of the ring. A call takes the next place, exchanges the
 * outcome there for its own, and adds the difference to the sum; so the sum is that of the ring whenever no call is between
 * the two, and each outcome is put on and taken off once.
 *
 * <p>A good call that comes to a window full of good ones leaves it as it was, and so writes nothing: in health, a call costs
 * two readings of memory that nobody writes, and threads do not meet.
 *
 * <p>Under concurrency a verdict may still see what calls under way at that moment are about to take off, or not yet see what
 * they are about to put on. Each of them judges after its own addition, so a rate that stays reached is noticed by the last
 * of them.
 */
final class CountWindow extends Window {

    private static final int COUNTED = 1;

    private static final int FAILED = 2;

    private static final int SLOW = 4;

    private final long fullOfGoodCalls;

    private final AtomicLong places = new AtomicLong();

    /** {@link #COUNTED} with what else is true of the call; 0 where none has been yet. */
    private final AtomicIntegerArray ring;

    CountWindow(int size, Thresholds thresholds) {
        super(thresholds);
        this.ring = new AtomicIntegerArray(size);
        this.fullOfGoodCalls = size * Pair.FIRST;
    }

    @Override
    boolean record(boolean isFailure, boolean isSlow) {
        if (!isFailure && !isSlow && calls.get() == fullOfGoodCalls && slow.get() == 0) {
            return false;
        }
        int entering = COUNTED | (isFailure ? FAILED : 0) | (isSlow ? SLOW : 0);
        int place = (int) (places.getAndIncrement() % ring.length());
        int leaving = ring.getAndSet(place, entering);
        long callsNow = add(calls, callsIn(entering) - callsIn(leaving));
        long slowNow = add(slow, slowIn(entering) - slowIn(leaving));
        return thresholds.areReached(callsNow, slowNow);
    }

    private static long add(AtomicLong sum, long difference) {
        return difference == 0 ? sum.get() : sum.addAndGet(difference);
    }

    private static long callsIn(int outcome) {
        return ((outcome & COUNTED) != 0 ? Pair.FIRST : 0) + ((outcome & FAILED) != 0 ? Pair.SECOND : 0);
    }

    private static long slowIn(int outcome) {
        if ((outcome & SLOW) == 0) {
            return 0;
        }
        return Pair.FIRST + ((outcome & FAILED) != 0 ? Pair.SECOND : 0);
    }

    @Override
    Totals totals() {
        return Totals.of(calls.get(), slow.get());
    }

    /** The same as {@link #totals()} counted anew, for tests; the two agree when no call is under way. */
    Totals recount() {
        long calls = 0;
        long slow = 0;
        for (int place = 0; place < ring.length(); place++) {
            calls += callsIn(ring.get(place));
            slow += slowIn(ring.get(place));
        }
        return Totals.of(calls, slow);
    }
}
