package io.steadfast.circuitbreaker;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.Metrics;

/**
 * The numbers of a stay as resilience4j's tools read them: those of our window or trials, and those of the engine, which has
 * some only where calls were made past the gate.
 */
final class StayMetrics implements Metrics {

    private final Generation stay;

    StayMetrics(Generation stay) {
        this.stay = stay;
    }

    private Totals totals() {
        return stay.totals().plus(stay.metrics);
    }

    @Override
    public float getFailureRate() {
        return totals().failureRate(stay.minimumCalls());
    }

    @Override
    public float getSlowCallRate() {
        return totals().slowRate(stay.minimumCalls());
    }

    @Override
    public int getNumberOfBufferedCalls() {
        return totals().calls();
    }

    @Override
    public int getNumberOfFailedCalls() {
        return totals().failed();
    }

    @Override
    public int getNumberOfSuccessfulCalls() {
        Totals totals = totals();
        return totals.calls() - totals.failed();
    }

    @Override
    public int getNumberOfSlowCalls() {
        return totals().slow();
    }

    @Override
    public int getNumberOfSlowFailedCalls() {
        return totals().slowFailed();
    }

    @Override
    public int getNumberOfSlowSuccessfulCalls() {
        Totals totals = totals();
        return totals.slow() - totals.slowFailed();
    }

    @Override
    public long getNumberOfNotPermittedCalls() {
        return stay.metrics.getNumberOfNotPermittedCalls();
    }
}
