package io.steadfast.retry;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import io.steadfast.core.Budgeted;
import io.steadfast.core.Call;
import io.steadfast.core.CallRejectedException;
import io.steadfast.core.Diagnosis;
import io.steadfast.core.Durations;
import io.steadfast.core.PolicyEvent;
import io.steadfast.core.PolicyEvent.Kind;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.Recovery;
import io.steadfast.core.ResilienceListener;
import io.steadfast.core.RetryBudget;
import io.steadfast.core.Steerable;
import io.steadfast.core.Steering;
import io.steadfast.core.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Tries failed calls again.
 *
 * <p>Retried is every {@link Exception}, or what {@link RetryConfig#failures()} lists, and results that
 * {@link RetryConfig#resultPredicate()} picks. Never retried are interrupts, cancellations and
 * {@link VirtualMachineError}s; other {@link Error}s, and refusals of ours, only if listed by a class of their own kind.
 *
 * <p>A retry waits as {@link BackoffType} says, or as long as the failure, one of its causes, or the result asks for if it
 * is a {@link io.steadfast.core.RetryAfter}; after a refusal, the longer of the two. It is charged to the budget as it is
 * decided, before the wait, unless the wait does not fit the call's deadline: then no retry follows. Where the budget is empty, the time is up, or the attempts are used up, the last outcome
 * stands, and the listener hears of it.
 *
 * <p>Thread-safe. A call that succeeds costs one atomic increment, no allocation and no lock.
 */
public final class RetryPolicy implements Recovery, Budgeted, Steerable {

    /** The kind of policy, as it is spelled in properties, meters and the order of policies. */
    public static final String KIND = "retry";

    private final PolicyId id;

    private final RetryConfig config;

    private final RetryableFailures failures;

    private final Backoff backoff;

    private final @Nullable RetryBudget budget;

    private final long maxDurationNanos;

    private final ResilienceListener listener;

    /**
     * A policy that shares a budget with others, or takes over the budget of the policy it replaces.
     *
     * @param id kind and instance name
     * @param config what to go by, except for its budget
     * @param runtime clock and listener
     * @param budget the budget; {@code null} for none
     */
    public RetryPolicy(PolicyId id, RetryConfig config, PolicyRuntime runtime, @Nullable RetryBudget budget) {
        this.id = id;
        this.config = config;
        this.failures = new RetryableFailures(config.failures());
        this.backoff = new Backoff(config, runtime.random()::nextDouble);
        this.budget = budget;
        this.maxDurationNanos = config.maxDuration() == null ? Long.MAX_VALUE : Durations.nanos(config.maxDuration());
        this.listener = runtime.listener();
    }

    /**
     * A policy with a full budget of its own, if the configuration asks for one.
     *
     * @param id kind and instance name
     * @param config what to go by
     * @param runtime clock and listener
     */
    public RetryPolicy(PolicyId id, RetryConfig config, PolicyRuntime runtime) {
        this(id, config, runtime, config.budget() == null ? null : new RetryBudget(config.budget(), runtime.ticker()));
    }

    /**
     * A policy for plain Java: the JVM's clock, and nobody listening.
     *
     * @param instance the instance's name
     * @param config what to go by
     * @return the policy
     */
    public static RetryPolicy of(String instance, RetryConfig config) {
        return new RetryPolicy(new PolicyId(KIND, instance), config, PolicyRuntime.system());
    }

    /**
     * The policy that takes this one's place when settings have changed. It goes on with this one's budget if the settings of the
     * budget are the same, and with a full one otherwise.
     *
     * @param next what to go by from then on
     * @param runtime clock and listener
     * @return the policy, of the same kind and instance
     */
    public RetryPolicy successor(RetryConfig next, PolicyRuntime runtime) {
        return Objects.equals(next.budget(), config.budget())
                ? new RetryPolicy(id, next, runtime, budget)
                : new RetryPolicy(id, next, runtime);
    }

    @Override
    public PolicyId id() {
        return id;
    }

    @Override
    public Verdict judge(Call call, int attempt, @Nullable Object result, @Nullable Throwable failure) {
        if (attempt == 1 && budget != null && RetryableFailures.counts(failure)) {
            budget.deposit();
        }
        if (call.hasEmitted() && !config.afterElements()) {
            return Verdict.keep();
        }
        Diagnosis diagnosis = call.diagnose(result, failure);
        if (!isRetryable(result, failure, diagnosis)) {
            return Verdict.keep();
        }
        if (diagnosis != null && diagnosis.whyNotAgain() != null) {
            return keep(Kind.RETRY_ABANDONED, call, failure, notAgain(attempt, diagnosis));
        }
        if (attempt >= config.maxAttempts()) {
            return keep(Kind.RETRIES_EXHAUSTED, call, failure, detail(Kind.RETRIES_EXHAUSTED, attempt, 0));
        }
        long delayNanos = delayNanos(attempt, result, failure, diagnosis);
        if (timed() && call.elapsedNanos() > maxDurationNanos - delayNanos) {
            return keep(Kind.RETRY_ABANDONED, call, failure, detail(Kind.RETRY_ABANDONED, attempt, delayNanos));
        }
        if (delayNanos >= call.remainingNanos()) {
            return Verdict.again(delayNanos); // comes too late, which the driver says; nothing is paid for it
        }
        if (!paid(failure)) {
            return keep(Kind.BUDGET_EMPTY, call, failure, detail(Kind.BUDGET_EMPTY, attempt, 0));
        }
        return Verdict.again(delayNanos);
    }

    @Override
    public boolean timed() {
        return config.maxDuration() != null;
    }

    @Override
    public boolean afterFirstElement() {
        return config.afterElements();
    }

    /**
     * How many retries could be made now.
     *
     * @return the balance of the budget; {@link Long#MAX_VALUE} if there is no budget
     */
    public long budgetBalance() {
        return budget == null ? Long.MAX_VALUE : budget.balance();
    }

    /**
     * The budget, for those who send extra calls to the same target.
     *
     * @return the budget; empty if there is none
     */
    @Override
    public Optional<RetryBudget> budget() {
        return Optional.ofNullable(budget);
    }

    /**
     * What this policy goes by.
     *
     * @return the configuration
     */
    public RetryConfig config() {
        return config;
    }

    /**
     * The budget as it stands.
     *
     * @return {@code budget-balance}, and within the window {@code budget-calls} and {@code budget-retries}; empty if there
     *     is no budget
     */
    @Override
    public Map<String, Object> snapshot() {
        if (budget == null) {
            return Map.of();
        }
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("budget-balance", budget.balance());
        state.put("budget-calls", budget.calls());
        state.put("budget-retries", budget.retries());
        return Collections.unmodifiableMap(state);
    }

    /** A reset fills the budget. */
    @Override
    public Set<Steering> steerings() {
        return budget == null ? Set.of() : Set.of(Steering.RESET);
    }

    @Override
    public void steer(Steering steering) {
        if (budget == null || steering != Steering.RESET) {
            throw new IllegalArgumentException(id + " knows no " + steering);
        }
        budget.refill();
    }

    private boolean isRetryable(@Nullable Object result, @Nullable Throwable failure, @Nullable Diagnosis diagnosis) {
        if (failure != null) {
            return failures.contains(failure, diagnosis);
        }
        return (diagnosis != null && diagnosis.isWorthAnotherTry())
                || (config.resultPredicate() != null && config.resultPredicate().test(result));
    }

    private long delayNanos(
            int attempt, @Nullable Object result, @Nullable Throwable failure, @Nullable Diagnosis diagnosis) {
        long own = backoff.delayNanos(attempt);
        if (diagnosis != null && diagnosis.retryAfter() != null) {
            return Math.max(0, Durations.nanos(diagnosis.retryAfter())); // its reader has capped and spread it
        }
        long asked = PushBack.nanos(result, failure);
        if (asked == PushBack.NONE) {
            return own;
        }
        return backoff.capped(failure instanceof CallRejectedException ? Math.max(own, asked) : asked);
    }

    /** A refused call did not reach the target, so to try again adds no load: it is free. */
    private boolean paid(@Nullable Throwable failure) {
        return budget == null || failure instanceof CallRejectedException || budget.tryWithdraw();
    }

    private Verdict keep(Kind kind, Call call, @Nullable Throwable failure, Supplier<String> detail) {
        if (listener.hears(kind)) {
            listener.policyEvent(PolicyEvent.of(kind, id, call.name(), detail.get(), failure));
        }
        return Verdict.keep();
    }

    private static Supplier<String> notAgain(int attempt, Diagnosis diagnosis) {
        return () -> "attempt " + attempt + " failed, and must not be repeated: " + diagnosis.whyNotAgain();
    }

    private Supplier<String> detail(Kind kind, int attempt, long delayNanos) {
        return () -> switch (kind) {
            case RETRIES_EXHAUSTED -> "attempt " + attempt + " was the last of " + config.maxAttempts();
            case RETRY_ABANDONED ->
                "attempt " + attempt + " failed, and a wait of " + text(Duration.ofNanos(delayNanos))
                        + " would end after the max-duration of " + text(Duration.ofNanos(maxDurationNanos));
            default -> "attempt " + attempt + " failed, and the retry budget is empty";
        };
    }

    private static String text(Duration duration) {
        return duration.toMillis() + " ms";
    }
}
