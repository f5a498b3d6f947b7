package io.steadfast.circuitbreaker;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.Metrics;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.steadfast.core.Call;
import io.steadfast.core.Durations;
import io.steadfast.core.Permit;
import org.jspecify.annotations.Nullable;

/**
 * Lets a few trials in and judges by rate over all of them, as soon as the trials still missing cannot change the verdict:
 * of 5 trials at 50 %, the third failure opens and the third success closes.
 *
 * <p>The trials are counted here and not by the engine, which cannot tell whose outcome it is told, forgets permits whose
 * calls end in an {@link Error}, and judges after {@code minimum-number-of-calls} trials if that is less.
 */
final class HalfOpenGeneration extends Generation {

    private final int trials;

    private final float failureThreshold;

    private final float slowThreshold;

    private final long slowNanos;

    private final AtomicInteger free;

    private final AtomicInteger failed = new AtomicInteger();

    private final AtomicInteger answered = new AtomicInteger();

    private final AtomicInteger slow = new AtomicInteger();

    private final AtomicInteger slowFailed = new AtomicInteger();

    private final AtomicInteger quick = new AtomicInteger();

    private volatile long lastAdmission;

    HalfOpenGeneration(StateTracker tracker, Metrics metrics) {
        super(tracker, State.HALF_OPEN, metrics);
        BreakerConfig config = tracker.config();
        this.trials = config.trials().permitted();
        this.failureThreshold = config.failureRateThreshold();
        this.slowThreshold = config.slowCalls().rateThreshold();
        this.slowNanos = Durations.nanos(config.slowCalls().threshold());
        this.free = new AtomicInteger(trials);
        this.lastAdmission = tracker.runtime().ticker().nanos();
    }

    @Override
    @Nullable
    Permit admit(Call call) {
        if (free.get() > 0) {
            lastAdmission = tracker.runtime().ticker().nanos(); // before the permit is taken, or it looks overdue
            if (takeOne()) {
                return this;
            }
        }
        if (isOverdue()) {
            giveUp();
            return null;
        }
        throw tracker.refuse(call, this, null, false); // nobody knows when a trial ends
    }

    private boolean takeOne() {
        int left = free.get();
        while (left > 0) {
            if (free.compareAndSet(left, left - 1)) {
                return true;
            }
            left = free.get();
        }
        return false;
    }

    @Override
    void count(CountedAs as, long elapsedNanos, Throwable failure) {
        tracker.audience().publish(as, elapsedNanos, failure, state);
        if (as == CountedAs.IGNORED || as == CountedAs.NOTHING) {
            free.incrementAndGet();
            return;
        }
        boolean isFailure = as == CountedAs.FAILURE;
        boolean isSlow = elapsedNanos > slowNanos;
        if (isFailure && isSlow) {
            slowFailed.incrementAndGet();
        }
        (isFailure ? failed : answered).incrementAndGet();
        (isSlow ? slow : quick).incrementAndGet();
        judge();
    }

    @Override
    public void abandoned(Call call) {
        free.incrementAndGet();
    }

    /** Counters only grow, and what opens excludes what closes, so the order in which threads get here does not matter. */
    private void judge() {
        if (percent(failed.get()) >= failureThreshold || percent(slow.get()) >= slowThreshold) {
            tracker.move(this, State.OPEN);
        } else if (percent(trials - answered.get()) < failureThreshold
                && percent(trials - quick.get()) < slowThreshold) {
            tracker.move(this, State.CLOSED);
        }
    }

    private float percent(int calls) {
        return Totals.percent(calls, trials);
    }

    /** All trials are out, and the youngest has been for too long. A free trial is never overdue: the next call takes it. */
    private boolean isOverdue() {
        long waited = tracker.runtime().ticker().nanos() - lastAdmission;
        return free.get() <= 0
                && waited >= Durations.nanos(tracker.config().trials().maxWait());
    }

    private void giveUp() {
        tracker.move(this, tracker.config().trials().afterwards());
    }

    @Override
    void passTime() {
        if (isOverdue()) {
            giveUp();
        }
    }

    @Override
    String prospect() {
        return "; " + trials + " trials decide";
    }

    @Override
    String story(State to) {
        if (to != State.OPEN && to != State.CLOSED) {
            return super.story(to);
        }
        int ended = totals().calls();
        String hung = ended < trials && free.get() <= 0 && isOverdue() ? ", the others did not end in time" : "";
        return failed.get() + " of " + ended + " trials failed" + hung;
    }

    @Override
    Totals totals() {
        int failures = failed.get();
        return new Totals(failures + answered.get(), failures, slow.get(), slowFailed.get());
    }

    /** Each trial means something. */
    @Override
    int minimumCalls() {
        return 1;
    }

    @Override
    void describe(Map<String, Object> snapshot) {
        super.describe(snapshot);
        snapshot.put("trials-left", free.get());
    }
}
