package io.steadfast.failover.pick;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A round in which each takes as many turns as its weight says, spread as evenly as they go: the turns of one are equally far apart, and
 * those of equal weight take theirs in between each other. (Earliest deadline first over one round, computed ahead: a pick costs one
 * counter then, where a scheduler with a queue would need a lock.)
 */
final class Turns {

    /** Longer rounds are rounded to this length, or to four turns each: what is below one turn becomes one. */
    private static final int LONGEST = 16_384;

    /** Weights are told apart to this part of 1. */
    private static final int GRAIN = 100;

    private Turns() {}

    /**
     * Makes a round.
     *
     * @param weights above 0 each
     * @return whose turn it is, one after the other; then from the beginning
     */
    static int[] of(double[] weights) {
        int[] counts = counts(weights);
        int length = Arrays.stream(counts).sum();
        Map<Integer, int[]> peers = new HashMap<>(); // of equal weight: how many, and how many have been placed
        for (int count : counts) {
            peers.computeIfAbsent(count, any -> new int[2])[0]++;
        }
        long[] order = new long[length];
        int filled = 0;
        for (int i = 0; i < counts.length; i++) {
            int[] group = peers.getOrDefault(counts[i], new int[] {1, 0});
            double phase = (group[1]++ + 0.5) / group[0];
            for (int turn = 0; turn < counts[i]; turn++) {
                double when = (turn + phase) / counts[i];
                order[filled++] = ((long) (when * (1L << 40)) << 22) | i;
            }
        }
        Arrays.sort(order);
        return Arrays.stream(order)
                .mapToInt(entry -> (int) (entry & ((1 << 22) - 1)))
                .toArray();
    }

    private static int[] counts(double[] weights) {
        double total = Arrays.stream(weights).sum();
        int longest = Math.max(LONGEST, 4 * weights.length);
        long[] fine = Arrays.stream(weights)
                .mapToLong(weight -> Math.max(1, Math.round(weight * GRAIN)))
                .toArray();
        long divisor = Arrays.stream(fine).reduce(0, Turns::greatestCommonDivisor);
        if (Arrays.stream(fine).sum() / divisor <= longest) {
            return Arrays.stream(fine)
                    .mapToInt(count -> (int) (count / divisor))
                    .toArray();
        }
        return Arrays.stream(weights)
                .mapToInt(weight -> (int) Math.max(1, Math.round(weight / total * longest)))
                .toArray();
    }

    private static long greatestCommonDivisor(long a, long b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
