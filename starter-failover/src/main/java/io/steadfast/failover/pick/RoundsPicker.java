package io.steadfast.failover.pick;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/** Round robin: a position that goes on through whatever {@link Turns} there are. */
final class RoundsPicker implements Picker {

    /** How many turns in a row may fall to excluded ones before all are looked through. */
    private static final int TRIES = 8;

    private final LongSupplier random;

    private final boolean byWeight;

    private final AtomicInteger position;

    RoundsPicker(LongSupplier random, boolean byWeight) {
        this.random = random;
        this.byWeight = byWeight;
        this.position = new AtomicInteger((int) random.getAsLong());
    }

    @Override
    public Selection among(Offer offer, long nowNanos) {
        Eligible eligible = new Eligible(offer.candidates(), random);
        double[] weights = new double[eligible.size()];
        for (int i = 0; i < weights.length; i++) {
            double share = eligible.get(i).share(nowNanos);
            weights[i] = byWeight ? eligible.weight(i) * share : share;
        }
        int[] turns = Turns.of(weights);
        return choice -> pick(eligible, turns, choice);
    }

    private @Nullable Candidate pick(Eligible eligible, int[] turns, Choice choice) {
        for (int tries = 0; tries < TRIES; tries++) {
            // The position wraps around; at that moment, once in 4 billion picks, the round is cut short.
            int turn = Integer.remainderUnsigned(position.getAndIncrement(), turns.length);
            Candidate candidate = eligible.get(turns[turn]);
            if (!choice.excluded().test(candidate)) {
                return candidate;
            }
        }
        return eligible.any(choice);
    }
}
