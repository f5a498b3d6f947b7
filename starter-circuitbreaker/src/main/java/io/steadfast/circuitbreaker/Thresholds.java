package io.steadfast.circuitbreaker;

/**
 * Which calls in a window are reason to open.
 *
 * @param minimumCalls how many must be there; at least 1
 * @param failureRate percent of failed calls, above 0
 * @param slowRate percent of slow calls, above 0
 */
record Thresholds(int minimumCalls, float failureRate, float slowRate) {

    static Thresholds of(BreakerConfig config) {
        return new Thresholds(
                config.window().minimumNumberOfCalls(),
                config.failureRateThreshold(),
                config.slowCalls().rateThreshold());
    }

    /** Judges a window by its pairs: calls and failed ones, slow calls and slow ones that failed. */
    boolean areReached(long calls, long slow) {
        int all = Pair.first(calls);
        int failed = Pair.second(calls);
        int late = Pair.first(slow);
        if (all < minimumCalls || (failed <= 0 && late <= 0)) {
            return false;
        }
        return Totals.percent(failed, all) >= failureRate || Totals.percent(late, all) >= slowRate;
    }
}
