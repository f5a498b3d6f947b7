package io.steadfast.spring.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.steadfast.core.time.WallClock;
import org.jspecify.annotations.Nullable;

/**
 * Which figure of which policy's snapshot becomes which gauge, or counter. A starter needs no Micrometer: it puts the figure into
 * {@link io.steadfast.core.Policy#snapshot()}, and a line here makes a meter of it. Tag {@code name} is the name of the
 * policy's instance; where an instance has several places, their figures are added up.
 */
enum PolicyGauge {
    CIRCUIT_BREAKER_STATE(
            ResilienceMeters.CIRCUIT_BREAKER_STATE,
            Set.of("circuit-breaker"),
            "state",
            List.of("closed", "open", "half_open", "forced_open", "disabled", "metrics_only")),
    CIRCUIT_BREAKER_TIME_IN_STATE(ResilienceMeters.CIRCUIT_BREAKER_TIME_IN_STATE, "circuit-breaker", "state-since") {
        @Override
        double read(Map<String, Object> snapshot) {
            Object since = snapshot.get("state-since");
            return since == null ? Double.NaN : secondsSince(Instant.parse(since.toString()));
        }
    },
    CIRCUIT_BREAKER_TRIPS(ResilienceMeters.CIRCUIT_BREAKER_TRIPS, "circuit-breaker", "trips"),
    CIRCUIT_BREAKER_FAILURE_RATE(ResilienceMeters.CIRCUIT_BREAKER_FAILURE_RATE, "circuit-breaker", "failure-rate") {
        @Override
        boolean mayComeLater() {
            return true; // there is none while there are too few calls
        }
    },
    HEDGE_WITHHELD(ResilienceMeters.HEDGE_WITHHELD, "hedge", "withheld"),
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
    RATE_LIMITER_WAITING(ResilienceMeters.RATE_LIMITER_WAITING, "rate-limiter", "waiting"),
    RATE_LIMITER_STORE_DOWN(ResilienceMeters.RATE_LIMITER_STORE_DOWN, "rate-limiter", "store-down"),
    PEER_RATE_LIMITER_AVAILABLE(Resilience4jMeters.RATE_LIMITER_AVAILABLE, "rate-limiter", "available") {
        @Override
        boolean mayComeLater() {
            return true; // as above
        }
    },
    PEER_RATE_LIMITER_WAITING(Resilience4jMeters.RATE_LIMITER_WAITING, "rate-limiter", "waiting"),
    PEER_BULKHEAD_AVAILABLE(Resilience4jMeters.BULKHEAD_AVAILABLE, "bulkhead", "limit") {
        @Override
        double read(Map<String, Object> snapshot) {
            return Math.max(0, super.read(snapshot) - number(snapshot.get("in-flight")));
        }
    },
    PEER_BULKHEAD_MAX_ALLOWED(Resilience4jMeters.BULKHEAD_MAX_ALLOWED, "bulkhead", "limit");

    private final DocumentedMeter meter;

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
    PolicyGauge(DocumentedMeter meter, Set<String> places, String snapshotKey, List<String> states) {
        this.meter = meter;
        this.places = places;
        this.snapshotKey = snapshotKey;
        this.states = states;
    }

    PolicyGauge(DocumentedMeter meter, String place, String snapshotKey) {
        this(meter, Set.of(place), snapshotKey, List.of());
    }

    DocumentedMeter meter() {
        return meter;
    }

    /** Whether it shows under resilience4j's name what another shows under ours. */
    boolean isPeers() {
        return meter instanceof Resilience4jMeters;
    }

    /** The figure as a number; "not a number" if it is missing or none. */
    double read(Map<String, Object> snapshot) {
        return number(snapshot.get(snapshotKey));
    }

    /** 1 if the policy is in the state, else 0. */
    double isIn(String state, Map<String, Object> snapshot) {
        Object value = snapshot.get(snapshotKey);
        if (value == null) {
            return Double.NaN;
        }
        return state.equalsIgnoreCase(value.toString()) ? 1 : 0;
    }

    private static double secondsSince(Instant moment) {
        return Math.max(
                0, Duration.between(moment, WallClock.system().instant()).toMillis() / 1e3);
    }

    static double number(@Nullable Object value) {
        if (value instanceof Boolean yes) {
            return yes ? 1 : 0;
        }
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
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
