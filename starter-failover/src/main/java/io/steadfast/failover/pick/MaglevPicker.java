package io.steadfast.failover.pick;

import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * Consistent hashing with bounded load. The table holds the pool's members whether or not they are in service, so an ejection moves the
 * keys of the one ejected and no others, and they come back with it. A key that cannot have its first place looks at others, which are
 * random but always the same for the key: what one instance cannot take is spread over all (as Envoy does, so that it does not
 * overrun the neighbour). While an instance works up to its full share, that part of its keys goes there, the same ones each time.
 */
final class MaglevPicker implements Picker {

    /** With a bound of 1.25 at most 4 of 5 places are full: this many looks miss all free ones in 1 pick of 1,200. */
    private static final int LOOKS = 32;

    private final LongSupplier random;

    private final UnaryOperator<Object> identity;

    private final Picker withoutKey;

    private @Nullable MaglevTable last;

    MaglevPicker(LongSupplier random, UnaryOperator<Object> identity) {
        this.random = random;
        this.identity = identity;
        this.withoutKey = new TwoChoicesPicker(random);
    }

    @Override
    public Selection among(Offer offer, long nowNanos) {
        Eligible eligible = new Eligible(offer.candidates(), random);
        List<? extends Candidate> members = eligible.isWeightless() ? offer.candidates() : offer.members();
        MaglevTable table = MaglevTable.of(
                members.stream()
                        .map(member -> MaglevTable.Member.of(member.instance(), eligible.isWeightless()))
                        .toList(),
                last);
        last = table;
        return new Hashed(
                eligible, eligible.places(members), table, new LoadBound(eligible), withoutKey.among(offer, nowNanos));
    }

    private final class Hashed implements Selection {

        private final Eligible eligible;

        /** By the table's members: where in the eligible, -1 for those that are not to be chosen. */
        private final int[] indexes;

        private final MaglevTable table;

        private final LoadBound bound;

        private final Selection otherwise;

        Hashed(Eligible eligible, int[] indexes, MaglevTable table, LoadBound bound, Selection otherwise) {
            this.eligible = eligible;
            this.indexes = indexes;
            this.table = table;
            this.bound = bound;
            this.otherwise = otherwise;
        }

        @Override
        public @Nullable Candidate pick(Choice choice) {
            if (choice.key() == null) {
                return otherwise.pick(choice);
            }
            long key = Hashes.ofKey(identity.apply(choice.key()));
            bound.refresh();
            int unready = -1;
            long hash = key;
            for (int looks = 0; looks < LOOKS; looks++, hash = Hashes.mix(hash)) {
                int index = indexes[table.memberAt(hash)];
                if (index < 0 || choice.excluded().test(eligible.get(index)) || !bound.hasRoom(index)) {
                    continue;
                }
                if (isReadyFor(key, index, choice)) {
                    return eligible.get(index);
                }
                unready = unready < 0 ? index : unready;
            }
            return unready < 0 ? leastLoaded(choice) : eligible.get(unready);
        }

        private boolean isReadyFor(long key, int index, Choice choice) {
            double share = eligible.get(index).share(choice.nowNanos());
            return share >= 1 || Hashes.fraction(Hashes.mix(key ^ eligible.salt(index))) < share;
        }

        private @Nullable Candidate leastLoaded(Choice choice) {
            Candidate best = null;
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < eligible.size(); i++) {
                Candidate candidate = eligible.get(i);
                double load = (candidate.inFlight() + 1) / eligible.weight(i);
                if (load < least && !choice.excluded().test(candidate)) {
                    least = load;
                    best = candidate;
                }
            }
            return best;
        }
    }
}
