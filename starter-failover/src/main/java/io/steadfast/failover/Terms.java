package io.steadfast.failover;

import java.util.Objects;

import io.steadfast.core.PolicyRuntime;
import io.steadfast.failover.pick.Picker;
import org.jspecify.annotations.Nullable;

/** What a pool goes by at present, worked out once per change of the settings. */
record Terms(FailoverConfig config, PolicyRuntime runtime, Picker picker) {

    /** Without ejections the interval only says how often counts are added up. */
    private static final long USUAL_INTERVAL_NANOS = 10_000_000_000L;

    /** A picker that still fits goes on: it knows whose turn it is. */
    static Terms after(@Nullable Terms before, FailoverConfig config, PolicyRuntime runtime) {
        boolean fits = before != null
                && before.config.picker() == config.picker()
                && Objects.equals(before.config.zone(), config.zone());
        return new Terms(
                config,
                runtime,
                before != null && fits ? before.picker : config.picker().picker(config.zone(), runtime.random()));
    }

    @Nullable
    EjectionConfig ejection() {
        return config.ejection();
    }

    long slowStartNanos() {
        return config.slowStart().toNanos();
    }

    long intervalNanos() {
        EjectionConfig ejection = config.ejection();
        return ejection == null ? USUAL_INTERVAL_NANOS : ejection.interval().toNanos();
    }
}
