package io.steadfast.failover.actuate;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;

import io.steadfast.core.Instance;
import io.steadfast.failover.InstanceState;
import io.steadfast.failover.InstanceState.Status;
import org.jspecify.annotations.Nullable;

/**
 * A line of the table.
 *
 * @param instance the id
 * @param uri where it is reached
 * @param zone where it stands; {@code null} if nobody knows
 * @param weight its share of the traffic in relation to the others
 * @param load attempts it is serving
 * @param expectedMillis how long it is expected to take for an answer (peak EWMA); 0 if it has not answered yet
 * @param status {@code available}, {@code ejected}, {@code unhealthy} or {@code draining}
 * @param reason why it is not available; {@code null} if it is
 * @param ejectedUntil when it comes back, as an instant; {@code null} if it is available, or nobody knows
 * @param ejectedFor how long until then, such as {@code 28s}
 * @param timesEjected how often in a row it has been set aside
 * @param slowStartShare how much of its usual traffic it gets, up to 1
 * @param succeeded attempts that went well since it joined
 * @param failed attempts that failed since it joined
 */
public record InstanceDescriptor(
        String instance,
        String uri,
        @Nullable String zone,
        int weight,
        int load,
        double expectedMillis,
        String status,
        @Nullable String reason,
        @Nullable String ejectedUntil,
        @Nullable String ejectedFor,
        int timesEjected,
        double slowStartShare,
        long succeeded,
        long failed) {

    static InstanceDescriptor of(InstanceState state, Clock clock) {
        Instance instance = state.instance();
        Duration remaining = state.status() == Status.AVAILABLE ? null : state.remaining();
        return new InstanceDescriptor(
                instance.id(),
                instance.uri().toString(),
                instance.zone(),
                instance.weight(),
                state.inFlight(),
                state.expectedNanos() / 1e6,
                state.status().name().toLowerCase(Locale.ROOT),
                state.reason().isEmpty() ? null : state.reason(),
                remaining == null ? null : clock.instant().plus(remaining).toString(),
                remaining == null ? null : Math.max(1, remaining.toSeconds()) + "s",
                state.timesEjected(),
                state.share(),
                state.succeeded(),
                state.failed());
    }
}
