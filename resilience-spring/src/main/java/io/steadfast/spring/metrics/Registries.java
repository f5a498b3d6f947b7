package io.steadfast.spring.metrics;

import java.util.List;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/** Finds the registry to use among none, one or several. */
final class Registries {

    /** A registry that keeps nothing. */
    static final MeterRegistry NOWHERE = new CompositeMeterRegistry();

    private Registries() {}

    /** The only or the primary registry; all of them as one if there is no primary; {@code null} if there is none. */
    static @Nullable MeterRegistry find(ObjectProvider<MeterRegistry> registries) {
        MeterRegistry unique = registries.getIfUnique();
        if (unique != null) {
            return unique;
        }
        List<MeterRegistry> all = registries.orderedStream().toList();
        return all.isEmpty() ? null : new CompositeMeterRegistry(Clock.SYSTEM, all);
    }
}
