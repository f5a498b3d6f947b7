package io.steadfast.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * What several JVMs measured of the same call.
 *
 * @param nanos CPU time per call: the median
 * @param lowest that of the quickest JVM
 * @param highest that of the slowest
 * @param bytes allocated per call: the median
 */
record Figure(double nanos, double lowest, double highest, double bytes) {

    static Figure of(List<Sample> samples) {
        return new Figure(
                Sample.median(samples, Sample::nanos),
                samples.stream().mapToDouble(Sample::nanos).min().orElseThrow(),
                samples.stream().mapToDouble(Sample::nanos).max().orElseThrow(),
                Sample.median(samples, Sample::bytes));
    }

    String time() {
        return digits(nanos) + " (" + digits(lowest) + ".." + digits(highest) + ")";
    }

    static String digits(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
    }
}
