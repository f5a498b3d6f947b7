package io.steadfast.spring.metrics;

import java.util.List;
import java.util.Set;

/**
 * Which figure of which policy's snapshot becomes which gauge. A starter needs no Micrometer: it puts the figure into
 * {@link io.steadfast.core.Policy#snapshot()}, and a line here makes a meter of it. Tag {@code name} is the name of the
 * policy's instance; where an instance has several places, their figures are added up.
 */
enum PolicyGauge {
    CIRCUIT_BREAKER_STATE(
            ResilienceMeters.CIRCUIT_BREAKER_STATE,
            Set.of("circuit-breaker"),
            "state",
            List.of("closed", "open", "half_open", "forced_open", "disabled", "metrics_only")),
    RETRY_BUDGET(ResilienceMeters.RETRY_BUDGET, "retry", "budget-balance"),
    TIMEOUT_STILL_RUNNING(
            ResilienceMeters.TIMEOUT_STILL_RUNNING, Set.of("timeout", "timeout.total"), "still-running", List.of()),
    BULKHEAD_IN_FLIGHT(ResilienceMeters.BULKHEAD_IN_FLIGHT, "bulkhead", "in-flight"),
    BULKHEAD_LIMIT(ResilienceMeters.BULKHEAD_LIMIT, "bulkhead", "limit"),
    BULKHEAD_QUEUED(ResilienceMeters.BULKHEAD_QUEUED, "bulkhead", "queued"),
    RATE_LIMITER_AVAILABLE(ResilienceMeters.RATE_LIMITER_AVAILABLE, "rate-limiter", "available") {
        @Override
        boolean mayComeLater() {
            return true; // a shared limiter does not know what is left before it has asked its store
        }
    },
    RATE_LIMITER_STORE_DOWN(ResilienceMeters.RATE_LIMITER_STORE_DOWN, "rate-limiter", "store-down");

    private final ResilienceMeters meter;

    private final Set<String> places;

    private final String snapshotKey;

    private final List<String> states;

    /**
     * A gauge.
     *
     * @param meter name and tags
     * @param places the places in the order of the policies it is about
     * @param snapshotKey where the figure stands
     * @param states the values a state can have, each a gauge of its own; empty if the figure is a number
     */
    PolicyGauge(ResilienceMeters meter, Set<String> places, String snapshotKey, List<String> states) {
        this.meter = meter;
        this.places = places;
        this.snapshotKey = snapshotKey;
        this.states = states;
    }

    PolicyGauge(ResilienceMeters meter, String place, String snapshotKey) {
        this(meter, Set.of(place), snapshotKey, List.of());
    }

    ResilienceMeters meter() {
        return meter;
    }

    /** Whether a policy may have the figure that lacks it at first. */
    boolean mayComeLater() {
        return false;
    }

    boolean isAbout(String place) {
        return places.contains(place);
    }

    String snapshotKey() {
        return snapshotKey;
    }

    List<String> states() {
        return states;
    }
}
