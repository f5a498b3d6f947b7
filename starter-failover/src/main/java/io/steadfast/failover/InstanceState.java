package io.steadfast.failover;

import java.time.Duration;

import io.steadfast.core.Instance;
import org.jspecify.annotations.Nullable;

/**
 * What a pool knows of one of its instances, as an operator would like to read it. A snapshot.
 *
 * @param instance which one
 * @param status whether calls are sent there
 * @param reason why not, one line; empty if they are
 * @param remaining for how long not; {@code null} if they are, or nobody knows
 * @param inFlight attempts it is serving
 * @param expectedNanos how long it is expected to take for an answer (peak EWMA), in nanoseconds; 0 if it has not answered yet
 * @param share how much of its usual traffic it gets: less than 1 during a slow start
 * @param timesEjected how often in a row it has been ejected, fading as it serves well
 * @param succeeded attempts that went well since it joined
 * @param failed attempts that failed since it joined
 */
public record InstanceState(
        Instance instance,
        Status status,
        String reason,
        @Nullable Duration remaining,
        int inFlight,
        long expectedNanos,
        double share,
        int timesEjected,
        long succeeded,
        long failed) {

    /** Whether calls are sent to an instance. */
    public enum Status {
        /** In service. */
        AVAILABLE,
        /** Set aside for a time, because calls to it failed or an operator said so. */
        EJECTED,
        /** It fails its health check. */
        UNHEALTHY,
        /** It is going away: it said so, or an operator did. */
        DRAINING
    }
}
