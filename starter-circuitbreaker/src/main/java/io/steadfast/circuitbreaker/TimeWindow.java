package io.steadfast.circuitbreaker;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.steadfast.core.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * The calls of the last seconds. All calls of the stay are added up in one sum that is never taken back; whoever ends the
 * first call of a new second notes the sum as it was when that second began. What the window holds is the sum now, less the
 * sum when its oldest second began. So a call is one atomic addition, whatever the size, and one object is made a second.
 *
 * <p>The noted seconds are a queue after Michael and Scott ("Simple, Fast, and Practical Non-Blocking and Blocking Concurrent
 * Queue Algorithms", 1996): two threads that meet at the border of a second agree on one note, and none waits for another.
 *
 * <p>Under concurrency each call is judged on the calls before it and itself, in the order of their additions, so the failure
 * rate is exact. A call that is under way at the border of a second may count in the one or the other, and when it is slow,
 * its slowness may be seen a moment after itself.
 */
final class TimeWindow extends Window {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private static final AtomicReferenceFieldUpdater<TimeWindow, Second> LATEST =
            AtomicReferenceFieldUpdater.newUpdater(TimeWindow.class, Second.class, "latest");

    private final int size;

    private final Ticker ticker;

    private final long origin;

    private volatile Second latest;

    /** From here on the queue is kept. May lag behind, never run ahead of what the window needs. */
    private volatile Second oldest;

    TimeWindow(int size, Thresholds thresholds, Ticker ticker) {
        super(thresholds);
        this.size = size;
        this.ticker = ticker;
        this.origin = ticker.nanos();
        this.oldest = new Second(0, 0, 0, null);
        this.latest = oldest;
    }

    @Override
    boolean record(boolean isFailure, boolean isSlow) {
        advance();
        long slowNow = slow.get(); // before the call is added: no rate counts a slow call that it does not divide by
        long callsNow = calls.addAndGet(Pair.FIRST + (isFailure ? Pair.SECOND : 0));
        if (isSlow) {
            slowNow = slow.addAndGet(Pair.FIRST + (isFailure ? Pair.SECOND : 0));
            callsNow = calls.get();
        }
        Second now = latest; // again: a thread that was stopped since does not judge by a window that is over
        return thresholds.areReached(callsNow - now.callsBefore, slowNow - now.slowBefore);
    }

    @Override
    Totals totals() {
        Second now = advance();
        return Totals.of(calls.get() - now.callsBefore, slow.get() - now.slowBefore);
    }

    /** The present second, noted if it is new. */
    private Second advance() {
        long number = (ticker.nanos() - origin) / SECOND;
        Second last = latest;
        while (last.number < number) {
            last = follow(last, number);
        }
        return last;
    }

    /** Notes a second after another, unless somebody else has noted one; what follows now is the latest either way. */
    private Second follow(Second last, long number) {
        Second first = firstSince(number - size + 1);
        Second noted = new Second(number, calls.get(), slow.get(), first);
        Second earlier = last.next.compareAndExchange(null, noted);
        if (earlier != null) {
            LATEST.compareAndSet(this, last, earlier);
            return earlier;
        }
        LATEST.compareAndSet(this, last, noted);
        oldest = first == null ? noted : first;
        return noted;
    }

    /** The oldest noted second that is not before that one. */
    private @Nullable Second firstSince(long number) {
        Second second = oldest;
        while (second != null && second.number < number) {
            second = second.next.get();
        }
        return second;
    }

    /** How many seconds are remembered, for tests. */
    int notedSeconds() {
        int seconds = 0;
        for (Second second = oldest; second != null; second = second.next.get()) {
            seconds++;
        }
        return seconds;
    }
}
