package io.steadfast.failover.pick;

import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * The least loaded of up to 16, looked through one by one; of more, the best of 8 that stand at random places. The counts change under
 * the picker's hands, so a sorted structure would have to be mended on every lease and every return, by all threads at one place.
 * The best of 8 misses the least loaded eighth of a pool in one pick of three, and is one of the better half in 255 of 256.
 */
final class LeastConnectionsPicker implements Picker {

    private static final int FEW = 16;

    private static final int SAMPLE = 8;

    private final LongSupplier random;

    LeastConnectionsPicker(LongSupplier random) {
        this.random = random;
    }

    @Override
    public Selection among(Offer offer, long nowNanos) {
        Eligible eligible = new Eligible(offer.candidates(), random);
        int sample = eligible.size() <= FEW ? eligible.size() : SAMPLE;
        return choice -> pick(eligible, sample, choice);
    }

    private @Nullable Candidate pick(Eligible eligible, int sample, Choice choice) {
        long bits = random.getAsLong();
        int size = eligible.size();
        int index = Hashes.below(size, bits);
        int stride = 1 + Hashes.below(size / sample, Hashes.mix(bits)); // no place twice: sample x stride <= size
        Candidate best = null;
        double least = Double.POSITIVE_INFINITY;
        double equals = 0;
        for (int i = 0; i < sample; i++, index = (index + stride) % size) {
            Candidate candidate = eligible.get(index);
            if (choice.excluded().test(candidate)) {
                continue;
            }
            double capacity = eligible.capacity(index, choice.nowNanos());
            double load = candidate.inFlight() / capacity;
            equals = load == least ? equals + capacity : capacity;
            // Of equally loaded ones each is as likely as it has capacity: a pool at rest is used in proportion.
            if (load < least || load == least && Hashes.fraction(Hashes.mix(bits + i)) * equals < capacity) {
                least = load;
                best = candidate;
            }
        }
        return best == null && sample < size ? eligible.any(choice) : best;
    }
}
