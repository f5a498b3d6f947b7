package io.steadfast.failover;

import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Predicate;

import io.steadfast.core.Call;
import io.steadfast.core.CallRejectedException;
import io.steadfast.core.Gate;
import io.steadfast.core.NoInstanceException;
import io.steadfast.core.Permit;
import io.steadfast.core.Reservation;
import io.steadfast.core.Route;
import io.steadfast.failover.pick.Candidate;
import org.jspecify.annotations.Nullable;

/**
 * Looks for an instance where the first choice will not do: because others have been tried, because it has just been set aside, or
 * because its own gate refuses. First among those not tried, then among all in service, then among all there are.
 */
final class Search implements Predicate<Candidate> {

    private final Members members;

    private final Roster roster;

    private final Call call;

    private final Route route;

    private final @Nullable Object key;

    private final long nowNanos;

    private final Set<Candidate> refusing = Collections.newSetFromMap(new IdentityHashMap<>());

    private final Set<Candidate> unavailable = Collections.newSetFromMap(new IdentityHashMap<>());

    private @Nullable CallRejectedException lastRefusal;

    private @Nullable Duration soonest;

    private @Nullable Member offered;

    private boolean avoidTried = true;

    private boolean avoidUnavailable;

    Search(Members members, Roster roster, Call call, Route route, @Nullable Object key, long nowNanos) {
        this.members = members;
        this.roster = roster;
        this.call = call;
        this.route = route;
        this.key = key;
        this.nowNanos = nowNanos;
        this.avoidUnavailable = !roster.panic();
    }

    /** Whom to leave out. */
    @Override
    public boolean test(Candidate candidate) {
        return refusing.contains(candidate)
                || unavailable.contains(candidate)
                || (avoidTried && route.hasTried(candidate.instance()));
    }

    /**
     * Finds one.
     *
     * @param first who has been picked already: a picker that was asked again would give somebody's turn away
     */
    MemberLease find(@Nullable Member first) {
        offered = first;
        MemberLease lease = findOnce();
        if (lease == null) {
            avoidTried = false;
            lease = findOnce();
        }
        if (lease == null && !unavailable.isEmpty()) {
            avoidUnavailable = false;
            unavailable.clear();
            lease = findOnce();
        }
        if (lease == null) {
            throw refusal();
        }
        return lease;
    }

    private @Nullable MemberLease findOnce() {
        while (true) {
            Member member = offered == null ? roster.pick(this, key, nowNanos) : offered;
            offered = null;
            if (member == null) {
                return null;
            }
            if (avoidUnavailable && !member.isAvailable()) {
                unavailable.add(member);
                continue;
            }
            Gate gate = member.gate();
            Permit inner = gate == null ? null : enter(gate, member);
            if (gate == null || inner != null) {
                return new MemberLease(members, member, route, nowNanos, inner);
            }
        }
    }

    /** The permit of the instance's own gate; {@code null} if it refuses, or wants the call to wait while others are ready. */
    private @Nullable Permit enter(Gate gate, Member member) {
        try {
            Permit permit = gate.acquire(call);
            if (!(permit instanceof Reservation place)) {
                return permit;
            }
            place.withdraw(call);
        } catch (CallRejectedException refusal) {
            lastRefusal = refusal;
            refusal.retryAfter()
                    .filter(wait -> soonest == null || wait.compareTo(soonest) < 0)
                    .ifPresent(wait -> soonest = wait);
        }
        refusing.add(member);
        return null;
    }

    private NoInstanceException refusal() {
        NoInstanceException refusal = new NoInstanceException(call.name(), soonest);
        if (lastRefusal != null) {
            refusal.addSuppressed(lastRefusal);
        }
        return refusal;
    }
}
