package io.steadfast.hedge;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import io.steadfast.core.Call;
import io.steadfast.core.CallTimeoutException;
import io.steadfast.core.Diagnosis;
import io.steadfast.core.Durations;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.Race;
import io.steadfast.core.RetryBudget;
import io.steadfast.core.RetryBudgetConfig;
import io.steadfast.core.Steerable;
import io.steadfast.core.Steering;
import io.steadfast.core.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Starts a second attempt beside one that takes longer than most, and takes the first good answer.
 *
 * <p>With {@code m} the extra load allowed, the delay is the latency that the share {@code m} of calls exceeds, at least 1 ms, so about
 * that share is hedged. It is counted anew twenty times per window, and is unknown, so nothing is hedged, before the minimum of calls has
 * been measured. What is measured are first attempts that were answered. One that was cut short, by a hedge that won or by a limit, counts
 * with the time it had run if that is beyond the delay: it would have taken longer still. Hedges are not measured, for they have answered
 * after a first attempt that was slow, which says nothing about calls in general.
 *
 * <p>An extra attempt is paid twice: from a budget of the share {@code m} of calls within the window, without any reserve, so that a target
 * all of whose answers are slow gets no more than that; and from the budget of the call's retry, if it has one. A budget that is empty
 * means that there is no hedge, never that a call fails. While the target asks to slow down nothing is hedged.
 *
 * <p>Good is what the diagnosis calls a success or the caller's own business; without a diagnosis every answer is good and every failure is
 * not. Thread-safe.
 *
 * <p>Sources: Dean and Barroso, "The Tail at Scale" (2013); Finagle's {@code BackupRequestFilter} for delay and budgets.
 */
public final class HedgePolicy implements Race, Steerable {

    /** The kind of policy, as it is spelled in properties, meters and the order of policies. */
    public static final String KIND = "hedge";

    private static final long SHORTEST_DELAY = 1_000_000;

    private final PolicyId id;

    private final HedgeConfig config;

    private final Ticker ticker;

    private final long fixedDelay;

    private final Latencies latencies;

    private final RetryBudget budget;

    private final LongAdder started;

    private final LongAdder withheld;

    /** Until when nothing is hedged, because the target is throttled. */
    private final AtomicLong pausedUntil;

    private volatile long delayInForce;

    /**
     * A policy that has measured nothing.
     *
     * @param id kind and instance name
     * @param config what to go by
     * @param runtime the clock
     */
    public HedgePolicy(PolicyId id, HedgeConfig config, PolicyRuntime runtime) {
        this(id, config, runtime.ticker(), null);
    }

    private HedgePolicy(PolicyId id, HedgeConfig config, Ticker ticker, @Nullable HedgePolicy before) {
        this.id = id;
        this.config = config;
        this.ticker = ticker;
        this.fixedDelay = config.delay() == null ? NEVER : Durations.nanos(config.delay());
        boolean sameWindow = before != null && before.config.window().equals(config.window());
        this.latencies = before != null && sameWindow
                ? before.latencies
                : new Latencies(Durations.nanos(config.window()), ticker.nanos());
        this.budget = before != null && sameWindow && before.config.extraLoad() == config.extraLoad()
                ? before.budget
                : new RetryBudget(new RetryBudgetConfig(config.extraLoad(), 0, config.window()), ticker);
        this.started = before == null ? new LongAdder() : before.started;
        this.withheld = before == null ? new LongAdder() : before.withheld;
        this.pausedUntil = before == null ? new AtomicLong(ticker.nanos()) : before.pausedUntil;
        this.delayInForce = currentDelay();
    }

    /**
     * A policy for plain Java, with the JVM's clock.
     *
     * @param instance the instance's name
     * @param config what to go by
     * @return the policy
     */
    public static HedgePolicy of(String instance, HedgeConfig config) {
        return new HedgePolicy(new PolicyId(KIND, instance), config, PolicyRuntime.system());
    }

    /**
     * The policy that takes this one's place when settings have changed. It goes on with what this one has measured if the window is the
     * same, and with its budget if the extra load is, too.
     *
     * @param next what to go by from then on
     * @return the policy, of the same kind and instance
     */
    public HedgePolicy successor(HedgeConfig next) {
        return new HedgePolicy(id, next, ticker, this);
    }

    @Override
    public PolicyId id() {
        return id;
    }

    @Override
    public long delayNanos(Call call, int attempts) {
        if (attempts > 1) {
            return attempts > config.maxExtra() ? NEVER : delayInForce;
        }
        budget.deposit();
        long now = call.attemptNanos(ticker);
        if (fixedDelay == NEVER && latencies.moveOn(now)) {
            delayInForce = currentDelay();
        }
        return delayInForce == NEVER || isPaused(now) || budget.balance() == 0 ? NEVER : delayInForce;
    }

    @Override
    public boolean mayStart(Call call, int attempts) {
        boolean paid = !isPaused(ticker.nanos())
                && budget.balance() > 0
                && call.budget().map(RetryBudget::tryWithdraw).orElse(true)
                && budget.tryWithdraw();
        (paid ? started : withheld).increment();
        return paid;
    }

    @Override
    public boolean decides(Call call, @Nullable Object result, @Nullable Throwable failure) {
        return isGood(call.diagnose(result, failure), failure);
    }

    @Override
    public void ended(Call call, int attempt, long elapsedNanos, @Nullable Object result, @Nullable Throwable failure) {
        Diagnosis diagnosis = call.diagnose(result, failure);
        if (diagnosis != null && diagnosis.kind() == Diagnosis.Kind.THROTTLED) {
            pause(diagnosis.askedWait());
        }
        if (attempt > 1 || !timed()) {
            return;
        }
        if (isGood(diagnosis, failure)) {
            latencies.record(elapsedNanos);
        } else if (failure instanceof CallTimeoutException) {
            cutShort(call, attempt, elapsedNanos);
        }
    }

    @Override
    public void cutShort(Call call, int attempt, long elapsedNanos) {
        if (attempt == 1 && timed() && elapsedNanos >= delayInForce) {
            latencies.record(elapsedNanos);
        }
    }

    @Override
    public boolean timed() {
        return fixedDelay == NEVER;
    }

    /**
     * How long a first attempt runs alone now.
     *
     * @return the delay in force; empty if too few calls have been measured
     */
    public Optional<Duration> delay() {
        long delay = delayInForce;
        return delay == NEVER ? Optional.empty() : Optional.of(Duration.ofNanos(delay));
    }

    /**
     * How many extra attempts could be made now, as far as this policy's own budget is concerned.
     *
     * @return a whole number, 0 or more
     */
    public long budgetBalance() {
        return budget.balance();
    }

    /**
     * What this policy goes by.
     *
     * @return the configuration
     */
    public HedgeConfig config() {
        return config;
    }

    /**
     * What has been measured and spent.
     *
     * @return {@code delay} in force, such as {@code 42.5 ms}, or {@code unknown}; {@code samples} it rests on; {@code extra-calls-left};
     *     {@code started} and {@code withheld}, extra attempts that were started and those that no budget would pay for, or that were not
     *     made because the target was throttled; and whether it is {@code paused} for that reason
     */
    @Override
    public Map<String, Object> snapshot() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("delay", delay().map(HedgePolicy::text).orElse("unknown"));
        state.put("samples", latencies.counts().total());
        state.put("extra-calls-left", budget.balance());
        state.put("started", started.sum());
        state.put("withheld", withheld.sum());
        state.put("paused", isPaused(ticker.nanos()));
        return Collections.unmodifiableMap(state);
    }

    /** A reset forgets how long calls took, and that the target asked for a pause. */
    @Override
    public Set<Steering> steerings() {
        return Set.of(Steering.RESET);
    }

    @Override
    public void steer(Steering steering) {
        if (steering != Steering.RESET) {
            throw new IllegalArgumentException(id + " knows no " + steering);
        }
        latencies.forget();
        pausedUntil.set(ticker.nanos());
        delayInForce = currentDelay();
    }

    private long currentDelay() {
        if (fixedDelay != NEVER) {
            return fixedDelay;
        }
        Latencies.Counts counts = latencies.counts();
        return counts.total() < config.minimumCalls()
                ? NEVER
                : Math.max(SHORTEST_DELAY, counts.exceededBy(config.extraLoad()));
    }

    private static boolean isGood(@Nullable Diagnosis diagnosis, @Nullable Throwable failure) {
        if (diagnosis == null) {
            return failure == null;
        }
        return diagnosis.kind() == Diagnosis.Kind.SUCCESS || diagnosis.kind() == Diagnosis.Kind.CALLERS_OWN;
    }

    private void pause(Optional<Duration> asked) {
        long until = ticker.nanos() + Durations.nanos(asked.orElse(config.throttledPause()));
        pausedUntil.accumulateAndGet(until, (known, next) -> next - known > 0 ? next : known);
    }

    private boolean isPaused(long now) {
        return pausedUntil.get() - now > 0;
    }

    private static String text(Duration delay) {
        return String.format(Locale.ROOT, "%.1f ms", delay.toNanos() / 1e6);
    }
}
