package io.steadfast.failover;

import java.time.Duration;

import io.steadfast.core.Gate;
import io.steadfast.core.Instance;
import io.steadfast.failover.InstanceState.Status;
import io.steadfast.failover.pick.Candidate;
import org.jspecify.annotations.Nullable;

/**
 * One instance of a pool. Calls book on it and read it without a lock; what is decided about it changes under the pool's lock only.
 * Times are nanoseconds since the pool began.
 */
final class Member extends Load implements Candidate {

    /** What an instance begins with in a slow start. */
    private static final double FIRST_SHARE = 0.1;

    private final long beginNanos;

    private volatile Instance instance;

    private volatile @Nullable Gate gate;

    private volatile boolean available = true;

    private volatile @Nullable TimeOut ejection;

    private volatile @Nullable TimeOut draining;

    /** What its health check says is wrong; {@code null} if nothing. */
    private volatile @Nullable String illness;

    private volatile int timesEjected;

    private volatile long succeeded;

    private volatile long failed;

    private volatile long warmWindow;

    /** End of the slow start; 0 for none. */
    private volatile long warmUntil;

    /** Goes up with each time-out, so that what was sent before it does not count against the instance after it. */
    private volatile int term;

    /** Since when it has not been ejected, as far as that is not made up for. */
    private long goodSince;

    private Status announced = Status.AVAILABLE;

    /**
     * An instance in service.
     *
     * @param beginNanos when the pool began, by its clock
     */
    Member(Instance instance, long beginNanos) {
        this.instance = instance;
        this.beginNanos = beginNanos;
    }

    @Override
    public Instance instance() {
        return instance;
    }

    void update(Instance now) {
        instance = now;
    }

    @Nullable
    Gate gate() {
        return gate;
    }

    void guardBy(@Nullable Gate other) {
        gate = other;
    }

    @Override
    public double cost(long nowNanos) {
        return costAt(nowNanos - beginNanos);
    }

    @Override
    public double share(long nowNanos) {
        return shareAt(nowNanos - beginNanos);
    }

    @Override
    public boolean isAvailable() {
        return available;
    }

    /** Whether an operator, or the instance itself, wants no calls there: not a matter of its health. */
    boolean isWithdrawn() {
        TimeOut ejected = ejection;
        return draining != null || (ejected != null && ejected.ordered());
    }

    /** Whether it is set aside because it failed. */
    boolean isEjectedForFailing() {
        TimeOut ejected = ejection;
        return ejected != null && !ejected.ordered();
    }

    boolean isDraining() {
        return draining != null;
    }

    int term() {
        return term;
    }

    int timesEjected() {
        return timesEjected;
    }

    /** Sets it aside for failing, once more in a row. */
    void ejectForFailing(long now, long nanos, String reason) {
        int times = timesEjected + 1; // nobody else writes: the pool's lock is held
        timesEjected = times;
        eject(TimeOut.after(now, nanos, reason, false), now);
    }

    void eject(@Nullable TimeOut timeOut, long now) {
        ejection = timeOut;
        goodSince = now;
        int next = term + 1;
        term = next;
        endStreak();
        decide();
    }

    void drain(@Nullable TimeOut timeOut) {
        draining = timeOut;
        decide();
    }

    /** Whether a check that says so changes anything. */
    boolean isNewsThat(boolean healthy) {
        return healthy ? illness != null || isExcusedByChecks() : illness == null;
    }

    /** One that has come back because of a check before, and has failed again, is not believed a second time. */
    private boolean isExcusedByChecks() {
        return isEjectedForFailing() && timesEjected <= 1;
    }

    void checked(boolean healthy, String why, long now) {
        illness = healthy ? null : why.isEmpty() ? "its health check fails" : "its health check fails: " + why;
        if (healthy && isExcusedByChecks()) {
            eject(null, now);
        }
        decide();
    }

    void forgetChecks() {
        illness = null;
        decide();
    }

    void forgiveAll(long now) {
        timesEjected = 0;
        eject(null, now);
        drain(null);
    }

    /** Each interval in which it was not ejected shortens the next ejection. */
    void forgive(long now, long intervalNanos) {
        if (isEjectedForFailing()) {
            return;
        }
        long intervals = (now - goodSince) / intervalNanos;
        goodSince += intervals * intervalNanos;
        timesEjected = (int) Math.max(0, timesEjected - intervals);
    }

    /** Ends what is over. */
    void expire(long now) {
        TimeOut ejected = ejection;
        if (ejected != null && ejected.until() <= now) {
            eject(null, ejected.until());
        }
        TimeOut leaving = draining;
        if (leaving != null && leaving.until() <= now) {
            drain(null);
        }
        if (warmUntil != 0 && warmUntil <= now) {
            warmUntil = 0;
        }
    }

    /** Works up to its usual share from now on. */
    void warmUp(long now, long windowNanos) {
        warmWindow = windowNanos;
        warmUntil = now + windowNanos;
    }

    /** When something about it changes by itself. */
    long nextChange(long now) {
        long next = warmUntil == 0 ? Long.MAX_VALUE : Math.min(warmUntil, now + Math.max(1, warmWindow / 10));
        TimeOut ejected = ejection;
        TimeOut leaving = draining;
        next = ejected == null ? next : Math.min(next, ejected.until());
        return leaving == null ? next : Math.min(next, leaving.until());
    }

    double shareAt(long now) {
        long until = warmUntil;
        if (until == 0) {
            return 1;
        }
        double left = (double) (until - now) / warmWindow;
        return left <= 0 ? 1 : FIRST_SHARE + (1 - FIRST_SHARE) * Math.max(0, 1 - left);
    }

    /** Adds an interval's counts to those since it joined. */
    Counts closeInterval() {
        Counts counts = takeCounts();
        long well = succeeded + counts.succeeded();
        long ill = failed + counts.failed();
        succeeded = well;
        failed = ill;
        return counts;
    }

    Status status() {
        if (draining != null) {
            return Status.DRAINING;
        }
        if (ejection != null) {
            return Status.EJECTED;
        }
        return illness != null ? Status.UNHEALTHY : Status.AVAILABLE;
    }

    String reason() {
        TimeOut leaving = draining;
        TimeOut ejected = ejection;
        if (leaving != null) {
            return leaving.reason();
        }
        if (ejected != null) {
            return ejected.reason();
        }
        String ill = illness;
        return ill == null ? "" : ill;
    }

    /** The status last announced; from now on the present one is. */
    Status announce() {
        Status before = announced;
        announced = status();
        return before;
    }

    InstanceState state(long now) {
        Counts present = counts();
        return new InstanceState(
                instance,
                status(),
                reason(),
                remaining(now),
                inFlight(),
                expectedNanos(now),
                shareAt(now),
                timesEjected,
                succeeded + present.succeeded(),
                failed + present.failed());
    }

    private @Nullable Duration remaining(long now) {
        TimeOut leaving = draining;
        TimeOut present = leaving == null ? ejection : leaving;
        return present == null ? null : Duration.ofNanos(Math.max(0, present.until() - now));
    }

    private void decide() {
        available = status() == Status.AVAILABLE;
    }
}
