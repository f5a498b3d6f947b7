package io.steadfast.spring.metrics;

import java.util.List;

/**
 * Which figure of which policy's snapshot becomes which gauge. A starter needs no Micrometer: it puts the figure into
 * {@link io.steadfast.core.Policy#snapshot()}, and a line here makes a meter of it. Tag {@code name} is the name of the
 * policy's instance.
 */
enum PolicyGauge {
    CIRCUIT_BREAKER_STATE(
            ResilienceMeters.CIRCUIT_BREAKER_STATE,
            "circuit-breaker",
            "state",
            List.of("closed", "open", "half_open", "forced_open", "disabled", "metrics_only")),
    RETRY_BUDGET(ResilienceMeters.RETRY_BUDGET, "retry", "budget-balance", List.of());

    private final ResilienceMeters meter;

    private final String policy;

    private final String snapshotKey;

    private final List<String> states;

    /**
     * A gauge.
     *
     * @param meter name and tags
     * @param policy the kind of policy it is about
     * @param snapshotKey where the figure stands
     * @param states the values a state can have, each a gauge of its own; empty if the figure is a number
     */
    PolicyGauge(ResilienceMeters meter, String policy, String snapshotKey, List<String> states) {
        this.meter = meter;
        this.policy = policy;
        this.snapshotKey = snapshotKey;
        this.states = states;
    }

    ResilienceMeters meter() {
        return meter;
    }

    String policy() {
        return policy;
    }

    String snapshotKey() {
        return snapshotKey;
    }

    List<String> states() {
        return states;
    }
}
