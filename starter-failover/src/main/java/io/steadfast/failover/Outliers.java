package io.steadfast.failover;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * Finds those of a group that succeed far less often than the others do.
 *
 * <p>In Envoy's outlier detection an instance fails the comparison if its success rate is below {@code mean - 1.9σ} of all instances.
 * In a group of five or fewer it cannot be: it pulls the mean down and σ up by itself. So here each is compared with those that are
 * better and no outliers, from the best one down, and the limit is {@code mean - 1.9 × the largest of}
 *
 * <ul>
 *   <li>σ of their rates,
 *   <li>{@value #FLOOR}, as among instances that are all but perfect any failure would be an outlier otherwise,
 *   <li>{@value #ERRORS} standard errors of the difference of two rates after as many calls, so that few calls prove little.
 * </ul>
 */
final class Outliers {

    static final double FLOOR = 0.05;

    private static final double ERRORS = 1.75;

    private Outliers() {}

    /** The outliers, the worst one first. */
    static <T> List<Rate<T>> among(List<Rate<T>> rates, double sigmas) {
        List<Rate<T>> bestFirst = new ArrayList<>(rates);
        bestFirst.sort(Comparator.<Rate<T>>comparingDouble(Rate::success).reversed());
        Group usual = new Group();
        Deque<Rate<T>> outliers = new ArrayDeque<>();
        for (Rate<T> rate : bestFirst) {
            if (usual.count > 0 && rate.success() < usual.limit(rate, sigmas)) {
                outliers.addFirst(rate);
            } else {
                usual.add(rate);
            }
        }
        return List.copyOf(outliers);
    }

    /** How one did in an interval. */
    record Rate<T>(T of, long calls, long failures) {

        double success() {
            return 1 - (double) failures / calls;
        }
    }

    /** Mean and σ of a growing group, by Welford's method. */
    private static final class Group {

        private int count;

        private double mean;

        private double squares;

        private long calls;

        private long failures;

        void add(Rate<?> rate) {
            count++;
            double distance = rate.success() - mean;
            mean += distance / count;
            squares += distance * (rate.success() - mean);
            calls += rate.calls();
            failures += rate.failures();
        }

        double limit(Rate<?> rate, double sigmas) {
            double all = (double) (failures + rate.failures()) / (calls + rate.calls());
            double error = Math.sqrt(all * (1 - all) * (1.0 / rate.calls() + 1.0 / calls));
            double sigma = Math.sqrt(squares / count);
            return mean - sigmas * Math.max(Math.max(sigma, FLOOR), ERRORS * error);
        }
    }
}
