package io.steadfast.failover.metrics;

import java.util.List;

import io.micrometer.core.instrument.Meter;
import io.steadfast.spring.metrics.DocumentedMeter;
import org.jspecify.annotations.Nullable;

/** The meters of pools and their instances; {@code docs/reference/meters.md} is made from it. */
public enum FailoverMeter implements DocumentedMeter {
    /** How many instances there are. */
    INSTANCES(
            "instances",
            Meter.Type.GAUGE,
            null,
            "Instances of the pool, by what is known of them: `available`, `ejected`, `unhealthy`, `draining`",
            "name",
            "state"),
    /** Whether all instances are used. */
    PANIC("panic", Meter.Type.GAUGE, null, "1 while so few instances are in service that all are used, else 0", "name"),
    /** How old the list of instances is. */
    LIST_AGE(
            "list-age",
            Meter.Type.GAUGE,
            "seconds",
            "Time since the source of the pool has last named any instance; `NaN` if it never has",
            "name"),
    /** Failures of the source. */
    REFRESH_FAILURES(
            "refresh-failures",
            Meter.Type.COUNTER,
            null,
            "How often the source of the pool has failed, or has named no instance",
            "name"),
    /** Instances set aside. */
    EJECTIONS("ejections", Meter.Type.COUNTER, null, "How often an instance of the pool has been set aside", "name"),
    /** The load of an instance. */
    IN_FLIGHT("in-flight", Meter.Type.GAUGE, null, "Attempts that the instance is serving", "name", "instance"),
    /** The latency of an instance. */
    EXPECTED_TIME(
            "expected-time",
            Meter.Type.GAUGE,
            "seconds",
            "How long the instance is expected to take for an answer",
            "name",
            "instance"),
    /** How bad an instance is. */
    TIMES_EJECTED(
            "times-ejected",
            Meter.Type.GAUGE,
            null,
            "How often in a row the instance has been set aside",
            "name",
            "instance");

    private final String figure;

    private final Meter.Type type;

    private final @Nullable String baseUnit;

    private final String description;

    private final List<String> tagKeys;

    FailoverMeter(String figure, Meter.Type type, @Nullable String baseUnit, String description, String... tagKeys) {
        this.figure = figure;
        this.type = type;
        this.baseUnit = baseUnit;
        this.description = description;
        this.tagKeys = List.of(tagKeys);
    }

    @Override
    public String meterName() {
        return "resilience.failover." + figure;
    }

    @Override
    public Meter.Type type() {
        return type;
    }

    @Override
    public @Nullable String baseUnit() {
        return baseUnit;
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
