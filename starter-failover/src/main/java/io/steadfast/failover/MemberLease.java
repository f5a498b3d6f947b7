package io.steadfast.failover;

import java.time.Duration;
import java.util.Optional;

import io.steadfast.core.Call;
import io.steadfast.core.CallRejectedException;
import io.steadfast.core.Diagnosis;
import io.steadfast.core.Durations;
import io.steadfast.core.Instance;
import io.steadfast.core.Lease;
import io.steadfast.core.Permit;
import io.steadfast.core.RetryAfter;
import io.steadfast.core.Route;
import org.jspecify.annotations.Nullable;

/**
 * An instance for one attempt, and the permit that books the outcome to it: the one object an attempt makes here.
 *
 * <p>A failure that says nothing of the instance is not booked: our own refusals further inside, and errors of this JVM. A request to
 * slow down counts against the success rate, but not as one of a row of failures, as an instance that answers is not dead (linkerd does
 * the same).
 */
final class MemberLease implements Permit, Lease {

    /** A failure counts as at least this slow, so that an instance that fails fast does not attract calls; after linkerd. */
    private static final long LEAST_PENALTY_NANOS = Duration.ofSeconds(5).toNanos();

    private static final long MOST_PENALTY_NANOS = Duration.ofSeconds(300).toNanos();

    private final Members members;

    private final Member member;

    private final Instance instance;

    private final Route route;

    private final long start;

    private final int term;

    private final @Nullable Permit inner;

    /**
     * Takes an instance.
     *
     * @param start when, by the pool's clock
     * @param inner the permit of the instance's own gate
     */
    MemberLease(Members members, Member member, Route route, long start, @Nullable Permit inner) {
        this.members = members;
        this.member = member;
        this.instance = member.instance();
        this.route = route;
        this.start = members.since(start);
        this.term = member.term();
        this.inner = inner;
        member.enter();
        route.take(this);
    }

    @Override
    public Instance instance() {
        return instance;
    }

    @Override
    public void leaving(Duration atMost) {
        if (!atMost.isNegative() && !atMost.isZero()) {
            members.leaving(member, Durations.nanos(atMost));
        }
    }

    @Override
    public void succeeded(Call call, long elapsedNanos, @Nullable Object result) {
        release();
        Diagnosis diagnosis = call.diagnose(result, null);
        if (diagnosis == null || isFine(diagnosis)) {
            members.served(member, start + elapsedNanos, elapsedNanos);
        } else {
            bookFailure(elapsedNanos, diagnosis, null);
        }
        if (inner != null) {
            inner.succeeded(call, elapsedNanos, result);
        }
    }

    @Override
    public void failed(Call call, long elapsedNanos, Throwable failure) {
        release();
        if (!(failure instanceof CallRejectedException) && !(failure instanceof VirtualMachineError)) {
            Diagnosis diagnosis = call.diagnose(null, failure);
            if (diagnosis != null && isFine(diagnosis)) {
                members.served(member, start + elapsedNanos, elapsedNanos);
            } else {
                bookFailure(elapsedNanos, diagnosis, failure);
            }
        }
        if (inner != null) {
            inner.failed(call, elapsedNanos, failure);
        }
    }

    @Override
    public void abandoned(Call call) {
        release();
        if (inner != null) {
            inner.abandoned(call);
        }
    }

    private void release() {
        member.leave();
        route.leave(this);
    }

    private void bookFailure(long elapsedNanos, @Nullable Diagnosis diagnosis, @Nullable Throwable failure) {
        boolean throttled = diagnosis != null && diagnosis.kind() == Diagnosis.Kind.THROTTLED;
        long asked = Math.min(MOST_PENALTY_NANOS, askedWait(diagnosis, failure));
        long penalty = Math.max(Math.max(elapsedNanos, LEAST_PENALTY_NANOS), asked);
        members.failed(member, term, start + elapsedNanos, elapsedNanos, penalty, !throttled);
    }

    private static long askedWait(@Nullable Diagnosis diagnosis, @Nullable Throwable failure) {
        Optional<Duration> asked = Optional.empty();
        if (diagnosis != null) {
            asked = diagnosis.askedWait();
        } else if (failure instanceof RetryAfter known) {
            asked = known.retryAfter();
        }
        return asked.map(Durations::nanos).orElse(0L);
    }

    private static boolean isFine(Diagnosis diagnosis) {
        return diagnosis.kind() == Diagnosis.Kind.SUCCESS || diagnosis.kind() == Diagnosis.Kind.CALLERS_OWN;
    }

    @Override
    public String toString() {
        return "lease of " + instance;
    }
}
