package io.steadfast.circuitbreaker;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.Metrics;

/**
 * How calls ended, for those who look.
 *
 * @param calls all that count
 * @param failed those that failed
 * @param slow those that were slow
 * @param slowFailed those that were slow and failed
 */
record Totals(int calls, int failed, int slow, int slowFailed) {

    static final Totals NONE = new Totals(0, 0, 0, 0);

    /** What two pairs say: calls and failed ones, slow calls and slow ones that failed. */
    static Totals of(long calls, long slow) {
        return new Totals(
                Math.max(0, Pair.first(calls)),
                Math.max(0, Pair.second(calls)),
                Math.max(0, Pair.first(slow)),
                Math.max(0, Pair.second(slow)));
    }

    /** With calls that the engine has counted by itself. */
    Totals plus(Metrics engine) {
        return new Totals(
                calls + engine.getNumberOfBufferedCalls(),
                failed + engine.getNumberOfFailedCalls(),
                slow + engine.getNumberOfSlowCalls(),
                slowFailed + engine.getNumberOfSlowFailedCalls());
    }

    /** In percent; -1 while there are too few calls, as resilience4j says it. */
    float failureRate(int minimumCalls) {
        return isTooFew(minimumCalls) ? -1 : percent(failed, calls);
    }

    /** In percent; -1 while there are too few calls. */
    float slowRate(int minimumCalls) {
        return isTooFew(minimumCalls) ? -1 : percent(slow, calls);
    }

    private boolean isTooFew(int minimumCalls) {
        return calls == 0 || calls < minimumCalls;
    }

    /** resilience4j's own arithmetic, so that both judge alike. */
    static float percent(int part, int all) {
        return part * 100.0f / all;
    }
}
