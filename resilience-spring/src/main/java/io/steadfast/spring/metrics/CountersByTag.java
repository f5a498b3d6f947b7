package io.steadfast.spring.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** The counters of one call that differ in one tag. Each is registered, at zero, when it is first asked for. Thread-safe. */
final class CountersByTag {

    private final MeterRegistry registry;

    private final DocumentedMeter meter;

    private final String name;

    private final Map<String, Counter> known = new ConcurrentHashMap<>();

    CountersByTag(MeterRegistry registry, DocumentedMeter meter, String name) {
        this.registry = registry;
        this.meter = meter;
        this.name = name;
    }

    void increment(String tag) {
        of(tag).increment();
    }

    void register(String... tags) {
        for (String tag : tags) {
            of(tag);
        }
    }

    private Counter of(String tag) {
        Counter counter = known.get(tag);
        if (counter == null) {
            counter = Counter.builder(meter.meterName())
                    .description(meter.description())
                    .tags(meter.tags(name, tag))
                    .register(registry);
            known.put(tag, counter);
        }
        return counter;
    }
}
