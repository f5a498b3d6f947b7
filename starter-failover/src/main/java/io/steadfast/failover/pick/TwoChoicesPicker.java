package io.steadfast.failover.pick;

import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * The better of two distinct ones taken at random, by weight (Mitzenmacher 2001; with peak EWMA as Finagle's balancer does). Asks two,
 * whatever the size of the pool, and does not send everybody to the one best as a search through all would.
 *
 * <p>Two that answer about equally fast differ by what they are serving only. If small differences decided, then at little load, when
 * nobody serves anything, one of few instances would be sent next to nothing.
 */
final class TwoChoicesPicker implements Picker {

    /** So much slower is about equally fast. */
    private static final double ABOUT = 1.25;

    private final LongSupplier random;

    TwoChoicesPicker(LongSupplier random) {
        this.random = random;
    }

    @Override
    public Selection among(Offer offer, long nowNanos) {
        Eligible eligible = new Eligible(offer.candidates(), random);
        return choice -> pick(eligible, choice);
    }

    private @Nullable Candidate pick(Eligible eligible, Choice choice) {
        long coin = random.getAsLong();
        int first = eligible.drawByWeight(choice, coin, -1);
        if (first < 0) {
            return null;
        }
        int second = eligible.drawByWeight(choice, coin, first);
        return second < 0 || isNoBetter(eligible, second, first, choice.nowNanos())
                ? eligible.get(first)
                : eligible.get(second);
    }

    private static boolean isNoBetter(Eligible eligible, int one, int than, long nowNanos) {
        double queueOfOne = eligible.queue(one, nowNanos);
        double queueOfOther = eligible.queue(than, nowNanos);
        double timeOfOne = eligible.answerTime(one, nowNanos);
        double timeOfOther = eligible.answerTime(than, nowNanos);
        boolean alike = timeOfOne <= timeOfOther * ABOUT && timeOfOther <= timeOfOne * ABOUT;
        return alike ? queueOfOne >= queueOfOther : timeOfOne * queueOfOne >= timeOfOther * queueOfOther;
    }
}
