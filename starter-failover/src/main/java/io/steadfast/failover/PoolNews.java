package io.steadfast.failover;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

import io.steadfast.core.PolicyEvent;
import io.steadfast.core.PolicyId;
import io.steadfast.core.SettingsCheck;
import io.steadfast.failover.InstanceState.Status;
import org.jspecify.annotations.Nullable;

/** What listeners are told of a pool: one event for each change, none for calls. */
final class PoolNews {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private PoolNews() {}

    static Optional<PolicyEvent> ofInstance(PolicyId id, Member member, Status before, long now) {
        InstanceState state = member.state(now);
        if (state.status() == before) {
            return Optional.empty();
        }
        String detail = state.instance().id()
                + (state.reason().isEmpty() ? " is back" : ": " + state.reason())
                + time(state.remaining());
        return Optional.of(PolicyEvent.stateChanged(id, name(before), name(state.status()), detail));
    }

    static Optional<PolicyEvent> ofPanic(PolicyId id, Roster before, Roster after) {
        if (before.panic() == after.panic()) {
            return Optional.empty();
        }
        return Optional.of(
                after.panic()
                        ? PolicyEvent.stateChanged(
                                id, "normal", "panic", "so few instances are in service that all are used")
                        : PolicyEvent.stateChanged(id, "panic", "normal", "enough instances are in service again"));
    }

    static String name(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static String time(@Nullable Duration remaining) {
        if (remaining == null) {
            return "";
        }
        return ", for " + SettingsCheck.text(Duration.ofMillis(remaining.toNanos() / NANOS_PER_MILLI));
    }
}
