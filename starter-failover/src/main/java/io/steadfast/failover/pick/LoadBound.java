package io.steadfast.failover.pick;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Keeps each candidate below 1.25 times its part of all requests (consistent hashing with bounded loads, Mirrokni et al. 2016). How many
 * requests there are in all is known from asking some candidates at each pick, in turns: exact where there are few, a few picks old
 * where there are many.
 */
final class LoadBound {

    private static final double FACTOR = 1.25;

    private static final int ASKED_AT_ONCE = 8;

    private final Eligible eligible;

    private final double allWeights;

    private final AtomicIntegerArray known;

    private final AtomicInteger total = new AtomicInteger();

    private final AtomicInteger cursor = new AtomicInteger();

    LoadBound(Eligible eligible) {
        this.eligible = eligible;
        this.known = new AtomicIntegerArray(eligible.size());
        double sum = 0;
        for (int i = 0; i < eligible.size(); i++) {
            sum += eligible.weight(i);
            ask(i);
        }
        this.allWeights = sum;
    }

    /** Brings some of what is known up to date. */
    void refresh() {
        int count = Math.min(ASKED_AT_ONCE, eligible.size());
        int first = cursor.getAndAdd(count);
        for (int i = 0; i < count; i++) {
            ask(Integer.remainderUnsigned(first + i, eligible.size()));
        }
    }

    /** Whether one more request keeps the candidate within the bound. */
    boolean hasRoom(int index) {
        int serving = ask(index);
        return serving < Math.ceil(FACTOR * (total.get() + 1) * eligible.weight(index) / allWeights);
    }

    private int ask(int index) {
        int serving = eligible.get(index).inFlight();
        total.addAndGet(serving - known.getAndSet(index, serving));
        return serving;
    }
}
