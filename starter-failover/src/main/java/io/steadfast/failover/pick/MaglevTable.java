package io.steadfast.failover.pick;

import java.util.Arrays;
import java.util.List;

import io.steadfast.core.Instance;
import org.jspecify.annotations.Nullable;

/**
 * Google's Maglev hashing (Eisenbud et al., NSDI 2016), with weights as Envoy has them: each instance claims places of a table in an
 * order that its id alone decides. All get as many as their weight says, to a place; when one joins or leaves, nearly all others keep
 * theirs. Immutable.
 */
final class MaglevTable {

    private static final int SIZE = 65_537; // prime

    private static final int SIZE_FOR_MANY = 655_373; // prime, too

    private final List<Member> members;

    private final int[] places;

    private MaglevTable(List<Member> members, int[] places) {
        this.members = members;
        this.places = places;
    }

    /** A table for these, which must not all be without weight; the one there was before, if it would be the same. */
    static MaglevTable of(List<Member> members, @Nullable MaglevTable before) {
        return before != null && before.members.equals(members) ? before : new MaglevTable(members, fill(members));
    }

    /** Whose place a hash falls on: an index of the members. */
    int memberAt(long hash) {
        return places[Hashes.below(places.length, hash)];
    }

    private static int[] fill(List<Member> members) {
        int size = members.size() <= SIZE / 10 ? SIZE : SIZE_FOR_MANY;
        int count = members.size();
        int[] next = new int[count];
        int[] skip = new int[count];
        double[] weight = new double[count];
        double heaviest = 0;
        for (int i = 0; i < count; i++) {
            long hash = Hashes.ofText(members.get(i).id());
            next[i] = Hashes.below(size, hash);
            skip[i] = 1 + Hashes.below(size - 1, Hashes.mix(hash));
            weight[i] = members.get(i).weight();
            heaviest = Math.max(heaviest, weight[i]);
        }
        int[] places = new int[size];
        Arrays.fill(places, -1);
        double[] credit = new double[count];
        for (int taken = 0; taken < size; ) {
            for (int i = 0; i < count && taken < size; i++) {
                credit[i] += heaviest == 0 ? 1 : weight[i] / heaviest; // all have just lost their weight
                if (credit[i] >= 1) {
                    credit[i] -= 1;
                    while (places[next[i]] >= 0) {
                        next[i] = step(next[i], skip[i], size);
                    }
                    places[next[i]] = i;
                    taken++;
                }
            }
        }
        return places;
    }

    private static int step(int from, int skip, int size) {
        int to = from + skip;
        return to < size ? to : to - size;
    }

    /** Whoever may have places. */
    record Member(String id, int weight) {

        static Member of(Instance instance, boolean weightless) {
            return new Member(instance.id(), weightless ? 1 : instance.weight());
        }
    }
}
