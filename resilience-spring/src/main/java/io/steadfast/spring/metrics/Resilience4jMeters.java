package io.steadfast.spring.metrics;

import java.util.List;

import io.micrometer.core.instrument.Meter;

/**
 * The meters that resilience4j's Micrometer module has, under its names and with its tags, fed by our policies. The circuit breaker's are
 * its starter's.
 */
public enum Resilience4jMeters implements DocumentedMeter {
    /** Calls with a retry. */
    RETRY_CALLS(
            "resilience4j.retry.calls",
            Meter.Type.COUNTER,
            "Calls, by whether they were answered and whether it took a retry",
            "name",
            "kind"),
    /** Calls with a timeout. */
    TIME_LIMITER_CALLS(
            "resilience4j.timelimiter.calls",
            Meter.Type.COUNTER,
            "Calls, by whether they were answered, failed or ran out of time",
            "name",
            "kind"),
    /** What is left of a rate limit. */
    RATE_LIMITER_AVAILABLE(
            "resilience4j.ratelimiter.available.permissions",
            Meter.Type.GAUGE,
            "Permits that the rate limiter could give now without a wait",
            "name"),
    /** Calls that wait for a rate limit. */
    RATE_LIMITER_WAITING(
            "resilience4j.ratelimiter.waiting_threads",
            Meter.Type.GAUGE,
            "Calls that wait for the rate limiter now",
            "name"),
    /** Room in a bulkhead. */
    BULKHEAD_AVAILABLE(
            "resilience4j.bulkhead.available.concurrent.calls",
            Meter.Type.GAUGE,
            "Calls that the bulkhead would let in now",
            "name"),
    /** The limit of a bulkhead. */
    BULKHEAD_MAX_ALLOWED(
            "resilience4j.bulkhead.max.allowed.concurrent.calls",
            Meter.Type.GAUGE,
            "Calls that the bulkhead lets in at once",
            "name");

    private final String meterName;

    private final Meter.Type type;

    private final String description;

    private final List<String> tagKeys;

    Resilience4jMeters(String meterName, Meter.Type type, String description, String... tagKeys) {
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
