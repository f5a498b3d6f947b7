package io.steadfast.http.inbound;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * The counter {@link HttpMeter#EXPIRED} with the tag {@code outcome}: {@code refused}, {@code served} or {@code late}, see {@link Expiry}. All
 * three are there from the start, at zero. Thread-safe.
 */
public final class ExpiryMeter implements ExpiryCounter {

    private final Map<Expiry, List<Counter>> counters = new EnumMap<>(Expiry.class);

    /**
     * Registers the counters.
     *
     * @param registries where; several are all fed
     */
    public ExpiryMeter(List<MeterRegistry> registries) {
        for (Expiry expiry : Expiry.values()) {
            counters.put(
                    expiry,
                    registries.stream()
                            .map(registry -> register(expiry, registry))
                            .toList());
        }
    }

    private static Counter register(Expiry expiry, MeterRegistry registry) {
        return Counter.builder(HttpMeter.EXPIRED.meterName())
                .description(HttpMeter.EXPIRED.description())
                .tags(HttpMeter.EXPIRED.tags(expiry.name().toLowerCase(Locale.ROOT)))
                .register(registry);
    }

    @Override
    public void count(Expiry expiry) {
        counters.getOrDefault(expiry, List.of()).forEach(Counter::increment);
    }
}
