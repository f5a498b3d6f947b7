package io.steadfast.failover.pick;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

import io.steadfast.failover.pick.Picker.Choice;
import org.jspecify.annotations.Nullable;

/** The candidates that may have traffic: those with a weight, or all of them if none has one. */
final class Eligible {

    /** How often to draw again for one that is not excluded, before all are looked through. */
    private static final int DRAWS = 4;

    private final Candidate[] candidates;

    private final long[] salts;

    private final LongSupplier random;

    private final boolean weightless;

    /** The sum of the weights up to each, and of all at the end. */
    private final double[] upTo;

    Eligible(List<? extends Candidate> offered, LongSupplier random) {
        this.random = random;
        List<? extends Candidate> carrying = carrying(offered);
        this.weightless = carrying.get(0).instance().weight() == 0;
        this.candidates = carrying.toArray(Candidate[]::new);
        this.salts = carrying.stream()
                .mapToLong(candidate -> Hashes.ofText(candidate.instance().id()))
                .toArray();
        this.upTo = new double[candidates.length];
        double sum = 0;
        for (int i = 0; i < upTo.length; i++) {
            sum += weight(i);
            upTo[i] = sum;
        }
    }

    /** Those that may have traffic, at least one if there is one. */
    static <C extends Candidate> List<C> carrying(List<C> offered) {
        List<C> weighty = offered.stream()
                .filter(candidate -> candidate.instance().weight() > 0)
                .toList();
        return weighty.isEmpty() ? offered : weighty;
    }

    int size() {
        return candidates.length;
    }

    Candidate get(int index) {
        return candidates[index];
    }

    boolean isWeightless() {
        return weightless;
    }

    /** A number of its own, the same in every process. */
    long salt(int index) {
        return salts[index];
    }

    /** Where each of these is here, -1 where it is not. */
    int[] places(List<? extends Candidate> members) {
        Map<String, Integer> indexes = new HashMap<>();
        for (int i = 0; i < candidates.length; i++) {
            indexes.put(candidates[i].instance().id(), i);
        }
        return members.stream()
                .mapToInt(member -> indexes.getOrDefault(member.instance().id(), -1))
                .toArray();
    }

    /** The weight in relation to the others here, above 0. */
    double weight(int index) {
        return weightless ? 1 : candidates[index].instance().weight();
    }

    /** What fits its weight and how far it is ready for traffic. */
    double capacity(int index, long nowNanos) {
        return weight(index) * candidates[index].share(nowNanos);
    }

    /** Requests it is serving and one more, in relation to what others of the mean weight and all of their share would serve. */
    double queue(int index, long nowNanos) {
        double mean = upTo[upTo.length - 1] / upTo.length;
        return 1 + candidates[index].inFlight() * mean / capacity(index, nowNanos);
    }

    /** How long an answer takes, whatever is being served. */
    double answerTime(int index, long nowNanos) {
        return candidates[index].cost(nowNanos) / (candidates[index].inFlight() + 1);
    }

    /** Whether it is one for this pick, of those that get as many as its share says. */
    private boolean isReadyFor(long coin, int index, long nowNanos) {
        double share = candidates[index].share(nowNanos);
        return share >= 1 || Hashes.fraction(Hashes.mix(coin ^ salts[index])) < share;
    }

    /**
     * Draws one that is not excluded, each as likely as it has weight, and those that work up to their share as often as that says. If
     * nobody else is left, those that are not ready serve, too.
     *
     * @param coin decides who is ready, the same for both draws of a pick
     * @param other an index not to be drawn, -1 for none
     * @return an index, -1 if there is none left
     */
    int drawByWeight(Choice choice, long coin, int other) {
        for (int draws = 0; draws < DRAWS; draws++) {
            int index = at(Hashes.fraction(random.getAsLong()) * upTo[upTo.length - 1]);
            if (index != other
                    && isReadyFor(coin, index, choice.nowNanos())
                    && !choice.excluded().test(candidates[index])) {
                return index;
            }
        }
        int start = Hashes.below(candidates.length, random.getAsLong());
        int unready = -1;
        for (int step = 0; step < candidates.length; step++) {
            int index = (start + step) % candidates.length;
            if (index == other || choice.excluded().test(candidates[index])) {
                continue;
            }
            if (isReadyFor(coin, index, choice.nowNanos())) {
                return index;
            }
            unready = index;
        }
        return other < 0 ? unready : -1;
    }

    private int at(double sum) {
        int found = Arrays.binarySearch(upTo, sum);
        return Math.min(found < 0 ? -found - 1 : found + 1, upTo.length - 1);
    }

    /** Anybody who is not excluded; looks through all of them in the end. */
    @Nullable
    Candidate any(Choice choice) {
        int index = draw(choice, -1);
        return index < 0 ? null : candidates[index];
    }

    /**
     * Draws one that is not excluded.
     *
     * @param other an index not to be drawn, -1 for none
     * @return an index, -1 if there is none left
     */
    int draw(Choice choice, int other) {
        int from = other < 0 ? candidates.length : candidates.length - 1;
        if (from == 0) {
            return -1;
        }
        int index = -1;
        for (int draws = 0; draws < DRAWS; draws++) {
            index = Hashes.below(from, random.getAsLong());
            if (other >= 0 && index >= other) {
                index++; // so that all of the others are equally likely
            }
            if (!choice.excluded().test(candidates[index])) {
                return index;
            }
        }
        return next(choice, index, other);
    }

    private int next(Choice choice, int after, int other) {
        for (int step = 1; step < candidates.length; step++) {
            int index = (after + step) % candidates.length;
            if (index != other && !choice.excluded().test(candidates[index])) {
                return index;
            }
        }
        return -1;
    }
}
