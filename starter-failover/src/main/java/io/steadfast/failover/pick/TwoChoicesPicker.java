package io.steadfast.failover.pick;

import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * The better of two distinct ones taken at random (Mitzenmacher 2001; with peak EWMA as Finagle's balancer does). Asks two, whatever
 * the size of the pool, and does not send everybody to the one best as a search through all would.
 */
final class TwoChoicesPicker implements Picker {

    private final LongSupplier random;

    TwoChoicesPicker(LongSupplier random) {
        this.random = random;
    }

    @Override
    public Selection among(Offer offer, long nowNanos) {
        Eligible eligible = new Eligible(offer.candidates(), random);
        return choice -> pick(eligible, choice);
    }

    private static @Nullable Candidate pick(Eligible eligible, Choice choice) {
        int first = eligible.draw(choice, -1);
        if (first < 0) {
            return null;
        }
        int second = eligible.draw(choice, first);
        return second < 0 || cost(eligible, first, choice) <= cost(eligible, second, choice)
                ? eligible.get(first)
                : eligible.get(second);
    }

    private static double cost(Eligible eligible, int index, Choice choice) {
        return eligible.get(index).cost(choice.nowNanos()) / eligible.capacity(index, choice.nowNanos());
    }
}
