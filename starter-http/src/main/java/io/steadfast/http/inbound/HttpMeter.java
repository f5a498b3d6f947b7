package io.steadfast.http.inbound;

import java.util.List;

import io.micrometer.core.instrument.Meter;
import io.steadfast.spring.metrics.DocumentedMeter;

/** The meters of HTTP servers; {@code docs/reference/meters.md} is made from it. */
public enum HttpMeter implements DocumentedMeter {
    /** Requests whose time was over. */
    EXPIRED;

    @Override
    public String meterName() {
        return "resilience.http.inbound.expired";
    }

    @Override
    public Meter.Type type() {
        return Meter.Type.COUNTER;
    }

    @Override
    public String description() {
        return "Requests whose caller no longer waited for the answer";
    }

    @Override
    public List<String> tagKeys() {
        return List.of("outcome");
    }
}
