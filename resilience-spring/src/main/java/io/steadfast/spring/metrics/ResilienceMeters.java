package io.steadfast.spring.metrics;

import java.util.List;

import io.micrometer.core.instrument.Meter;

/**
 * The meters of calls and their policies: names and tags, written nowhere else. {@code docs/reference/meters.md} is made from it.
 *
 * <p>Tags are bounded: {@code name} by the guarded methods of the application, {@code policy} by the kinds of policy,
 * {@code outcome}, {@code result}, {@code kind} and {@code state} by the constants there are.
 */
public enum ResilienceMeters implements DocumentedMeter {
    /** Calls, by how they ended. */
    CALLS(
            "resilience.calls",
            Meter.Type.TIMER,
            "Calls as their callers saw them, one record per call, waits and retries included",
            "name",
            "outcome"),
    /** Attempts. */
    ATTEMPTS("resilience.attempts", Meter.Type.COUNTER, "How often the target was really entered", "name"),
    /** Attempts of each call. */
    ATTEMPTS_PER_CALL(
            "resilience.attempts.per-call",
            Meter.Type.DISTRIBUTION_SUMMARY,
            "Attempts of calls that took more than one, or none because every one was refused",
            "name"),
    /** Waits. */
    WAITS(
            "resilience.waits",
            Meter.Type.TIMER,
            "How long calls have waited: for a bulkhead, for a rate limiter, or between two attempts of a retry",
            "name",
            "policy"),
    /** Refusals. */
    REFUSALS(
            "resilience.refusals",
            Meter.Type.COUNTER,
            "How often a policy refused an attempt before it reached the target",
            "name",
            "policy"),
    /** Fallbacks. */
    FALLBACKS(
            "resilience.fallbacks",
            Meter.Type.COUNTER,
            "How often a fallback was asked for the answer, by what it stood in for",
            "name",
            "kind"),
    /** Fallbacks that failed. */
    FALLBACK_FAILURES(
            "resilience.fallback.failures",
            Meter.Type.COUNTER,
            "How often a fallback that was asked for the answer failed, too",
            "name"),
    /** Retries. */
    RETRIES(
            "resilience.retries",
            Meter.Type.COUNTER,
            "What became of failed attempts that were worth another: tried again, or why not",
            "name",
            "result"),
    /** Timeouts. */
    TIMEOUTS(
            "resilience.timeouts",
            Meter.Type.COUNTER,
            "How often a time limit ran out, of an attempt or of the whole call",
            "name",
            "kind"),
    /** Attempts beside others. */
    HEDGES(
            "resilience.hedges",
            Meter.Type.COUNTER,
            "How often an attempt was started beside another, by whether the call took its outcome",
            "name",
            "result"),
    /** The state of a circuit breaker. */
    CIRCUIT_BREAKER_STATE(
            "resilience.circuit-breaker.state",
            Meter.Type.GAUGE,
            "1 for the state the circuit breaker is in, 0 for all others",
            "name",
            "state"),
    /** How long a circuit breaker has been as it is. */
    CIRCUIT_BREAKER_TIME_IN_STATE(
            "resilience.circuit-breaker.time-in-state",
            Meter.Type.GAUGE,
            "How long the circuit breaker has been in its state",
            "name") {
        @Override
        public String baseUnit() {
            return "seconds";
        }
    },
    /** How often a circuit breaker has opened. */
    CIRCUIT_BREAKER_TRIPS(
            "resilience.circuit-breaker.trips", Meter.Type.COUNTER, "How often the circuit breaker has opened", "name"),
    /** The share of failures that a circuit breaker sees. */
    CIRCUIT_BREAKER_FAILURE_RATE(
            "resilience.circuit-breaker.failure-rate",
            Meter.Type.GAUGE,
            "Share of failed calls in the circuit breaker's window, in percent",
            "name"),
    /** Extra attempts that no budget would pay for. */
    HEDGE_WITHHELD(
            "resilience.hedge.withheld",
            Meter.Type.COUNTER,
            "How often no attempt was started beside a slow one, for want of budget or because the target is throttled",
            "name"),
    /** The balance of a retry budget. */
    RETRY_BUDGET("resilience.retry.budget", Meter.Type.GAUGE, "Retries that could be made now", "name"),
    /** Calls that a timeout has given up and that run on. */
    TIMEOUT_STILL_RUNNING(
            "resilience.timeout.still-running",
            Meter.Type.GAUGE,
            "Calls whose time is up and that still run, because they do not heed being told to end",
            "name"),
    /** Calls inside a bulkhead. */
    BULKHEAD_IN_FLIGHT("resilience.bulkhead.in-flight", Meter.Type.GAUGE, "Calls inside the bulkhead now", "name"),
    /** The limit of a bulkhead. */
    BULKHEAD_LIMIT(
            "resilience.bulkhead.limit", Meter.Type.GAUGE, "Calls that the bulkhead lets in at once now", "name"),
    /** Calls that wait for a bulkhead. */
    BULKHEAD_QUEUED("resilience.bulkhead.queued", Meter.Type.GAUGE, "Calls that wait for the bulkhead now", "name"),
    /** What is left of a rate limit. */
    RATE_LIMITER_AVAILABLE(
            "resilience.rate-limiter.available",
            Meter.Type.GAUGE,
            "Permits that the rate limiter could give now without a wait",
            "name"),
    /** Calls that wait for a rate limit. */
    RATE_LIMITER_WAITING(
            "resilience.rate-limiter.waiting", Meter.Type.GAUGE, "Calls that wait for the rate limiter now", "name"),
    /** Whether a shared rate limit is cut off from its store. */
    RATE_LIMITER_STORE_DOWN(
            "resilience.rate-limiter.store-down",
            Meter.Type.GAUGE,
            "1 while the store of a shared limit does not answer, else 0",
            "name");

    private final String meterName;

    private final Meter.Type type;

    private final String description;

    private final List<String> tagKeys;

    ResilienceMeters(String meterName, Meter.Type type, String description, String... tagKeys) {
        this.meterName = meterName;
        this.type = type;
        this.description = description;
        this.tagKeys = List.of(tagKeys);
    }

    @Override
    public String meterName() {
        return meterName;
    }

    @Override
    public Meter.Type type() {
        return type;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public List<String> tagKeys() {
        return tagKeys;
    }
}
