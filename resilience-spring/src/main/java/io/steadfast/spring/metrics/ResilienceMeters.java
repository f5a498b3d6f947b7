package io.steadfast.spring.metrics;

import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;

/**
 * All meters: their names and tags, written nowhere else. {@code docs/reference/meters.md} lists the same.
 *
 * <p>Tags are bounded: {@code name} by the guarded methods of the application, {@code policy} by the kinds of policy,
 * {@code outcome}, {@code result} and {@code state} by the constants there are.
 */
public enum ResilienceMeters {
    /** Calls, by how they ended. */
    CALLS(
            "resilience.calls",
            Meter.Type.TIMER,
            "Calls as their callers saw them, one record per call, waits and retries included",
            "name",
            "outcome"),
    /** Attempts. */
    ATTEMPTS("resilience.attempts", Meter.Type.COUNTER, "How often the target was really entered", "name"),
    /** Refusals. */
    REFUSALS(
            "resilience.refusals",
            Meter.Type.COUNTER,
            "How often a policy refused an attempt before it reached the target",
            "name",
            "policy"),
    /** Fallbacks. */
    FALLBACKS("resilience.fallbacks", Meter.Type.COUNTER, "How often a fallback was asked for the answer", "name"),
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

    /**
     * The name under which the meter is registered.
     *
     * @return the name, in Micrometer's dotted spelling
     */
    public String meterName() {
        return meterName;
    }

    /**
     * The kind of meter.
     *
     * @return timer, counter or gauge
     */
    public Meter.Type type() {
        return type;
    }

    /**
     * What the meter says.
     *
     * @return one line
     */
    public String description() {
        return description;
    }

    /**
     * The tags that every meter of this name carries.
     *
     * @return their keys, in order
     */
    public List<String> tagKeys() {
        return tagKeys;
    }

    /** The tags with their values, in the order of the keys. */
    List<Tag> tags(String... values) {
        if (values.length != tagKeys.size()) {
            throw new IllegalArgumentException(meterName + " has the tags " + tagKeys);
        }
        List<Tag> tags = new ArrayList<>();
        for (int index = 0; index < values.length; index++) {
            tags.add(Tag.of(tagKeys.get(index), values[index]));
        }
        return tags;
    }
}
