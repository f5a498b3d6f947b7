package io.steadfast.circuitbreaker;

import java.time.Duration;
import java.util.Map;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.Metrics;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.steadfast.core.Call;
import io.steadfast.core.Permit;
import io.steadfast.core.SettingsCheck;
import org.jspecify.annotations.Nullable;

/**
 * Lets nothing but {@link Probes} in until its time is up. When that is we know, without asking the engine and without an object, unless
 * somebody opened the breaker from outside for a time of his own; then each call asks the engine.
 */
final class OpenGeneration extends Generation {

    /** From here on nobody wants milliseconds. */
    private static final Duration LONG = Duration.ofSeconds(10);

    /** Whose calls opened it; {@code null} if the breaker began open, or nobody came by in between. */
    private final @Nullable Generation cause;

    private final Probes probes;

    private volatile boolean probeSucceeded;

    OpenGeneration(StateTracker tracker, Metrics metrics, @Nullable Generation before) {
        super(tracker, State.OPEN, metrics);
        BreakerConfig config = tracker.config();
        this.probes = new Probes(
                config.openTime(), config.trials().maxWait(), tracker.waits().latestBegan());
        this.cause = before instanceof OpenGeneration earlier
                ? earlier.cause
                : before != null && before.metrics == metrics ? before : null;
    }

    @Override
    @Nullable
    Permit admit(Call call) {
        Long remaining = remainingNanos();
        if (remaining == null) {
            if (tracker.engine().lets()) {
                return null;
            }
            throw tracker.refuse(call, this, null, true);
        }
        if (remaining <= 0) {
            tracker.move(this, State.HALF_OPEN);
            return null;
        }
        if (probes.take(now())) {
            return this;
        }
        throw tracker.refuse(call, this, Duration.ofNanos(remaining), false);
    }

    /** How a probe ended. One that is slow has not shown that the target is back. */
    @Override
    void count(CountedAs as, long elapsedNanos, Throwable failure) {
        tracker.audience().publish(as, elapsedNanos, failure, state);
        if (as == CountedAs.IGNORED || as == CountedAs.NOTHING) {
            probes.giveBack(now());
        } else if (as == CountedAs.FAILURE || tracker.config().slowCalls().isSlow(elapsedNanos)) {
            probes.failed(now());
        } else {
            probeSucceeded = true;
            tracker.move(this, State.HALF_OPEN);
        }
    }

    @Override
    public void abandoned(Call call) {
        probes.giveBack(now());
    }

    private long now() {
        return tracker.runtime().ticker().nanos();
    }

    @Override
    Totals totals() {
        return cause == null ? super.totals() : cause.totals();
    }

    @Override
    int minimumCalls() {
        return cause == null ? super.minimumCalls() : cause.minimumCalls();
    }

    @Override
    void passTime() {
        Long remaining = remainingNanos();
        if (tracker.config().openTime().automatic() && remaining != null && remaining <= 0) {
            tracker.move(this, State.HALF_OPEN);
        }
    }

    /** Nanoseconds to the next trial, {@code null} if only the engine knows. */
    @Nullable
    Long remainingNanos() {
        Long end = tracker.waits().latest();
        return end == null ? null : end - now();
    }

    @Override
    String prospect() {
        Long remaining = remainingNanos();
        return remaining == null ? "" : "; next trial in " + inNotation(remaining);
    }

    @Override
    String story(State to) {
        if (to != State.HALF_OPEN) {
            return super.story(to);
        }
        return probeSucceeded ? "a probe succeeded" : "its time was up";
    }

    @Override
    void describe(Map<String, Object> snapshot) {
        super.describe(snapshot);
        Long end = tracker.waits().latest();
        if (end != null) {
            snapshot.put("retry-after", inNotation(end - now()));
            snapshot.put("next-trial", tracker.at(end).toString());
            if (probes.areMade() && probes.due() - end < 0) {
                snapshot.put("next-probe", tracker.at(probes.due()).toString());
            }
        }
    }

    /** In Boot's notation, rounded up: who waits that long is let in. */
    private static String inNotation(long nanos) {
        Duration left = Duration.ofNanos(Math.max(0, nanos)).plusNanos(999_999);
        return SettingsCheck.text(
                left.compareTo(LONG) < 0 ? Duration.ofMillis(left.toMillis()) : Duration.ofSeconds(left.toSeconds()));
    }
}
