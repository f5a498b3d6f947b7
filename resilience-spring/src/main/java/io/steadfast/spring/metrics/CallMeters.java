package io.steadfast.spring.metrics;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.steadfast.core.CallRejectedException;
import io.steadfast.core.CallTimeoutException;
import io.steadfast.core.Gate;
import io.steadfast.core.Outcome;
import io.steadfast.core.PolicyEvent;
import io.steadfast.core.Race;
import io.steadfast.core.TimeLimit;
import io.steadfast.spring.GuardedPolicy;
import org.jspecify.annotations.Nullable;

/** The meters of one call, looked up once, so that to record allocates nothing. Thread-safe. */
final class CallMeters {

    /** Under this name core tells that a call was refused for want of time, whichever policy or caller set the deadline. */
    private static final String DEADLINE = "timeout";

    private static final double[] ATTEMPT_BOUNDS = {1, 2, 3, 5, 10};

    private final MeterRegistry registry;

    private final String name;

    private final Timer[] byOutcome;

    private final Counter attempts;

    private final Map<String, Timer> waits = new ConcurrentHashMap<>();

    private final CountersByTag refusals;

    private final CountersByTag retries;

    private final CountersByTag fallbacks;

    private final CountersByTag timeouts;

    private final CountersByTag hedges;

    private volatile @Nullable DistributionSummary attemptsPerCall;

    private volatile @Nullable PeerCounters peers;

    /** Registers what every call has, at zero. */
    CallMeters(MeterRegistry registry, String name, MeterSettings settings) {
        this.registry = registry;
        this.name = name;
        Outcome[] outcomes = Outcome.values();
        Duration[] bounds = settings.latencyBuckets().toArray(Duration[]::new);
        this.byOutcome = new Timer[outcomes.length];
        for (Outcome outcome : outcomes) {
            byOutcome[outcome.ordinal()] = timer(ResilienceMeters.CALLS, outcome.tag())
                    .serviceLevelObjectives(bounds)
                    .register(registry);
        }
        this.attempts = counter(ResilienceMeters.ATTEMPTS);
        this.refusals = new CountersByTag(registry, ResilienceMeters.REFUSALS, name);
        this.retries = new CountersByTag(registry, ResilienceMeters.RETRIES, name);
        this.fallbacks = new CountersByTag(registry, ResilienceMeters.FALLBACKS, name);
        this.timeouts = new CountersByTag(registry, ResilienceMeters.TIMEOUTS, name);
        this.hedges = new CountersByTag(registry, ResilienceMeters.HEDGES, name);
    }

    /** Registers, at zero, what only calls with such a policy have. */
    void register(GuardedPolicy policy) {
        String kind = policy.id().policy();
        if (policy.slot().policy() instanceof Gate) {
            refusals.register(kind);
        } else if (policy.slot().policy() instanceof TimeLimit) {
            refusals.register(DEADLINE);
            timeouts.register(timeoutKind(kind));
        } else if (policy.slot().policy() instanceof Race) {
            hedges.register("won", "lost");
            hasSeveralAttempts();
        }
        switch (kind) {
            case "bulkhead", "rate-limiter" -> waits(kind);
            case "retry" -> {
                waits(kind);
                retries.register("tried", "exhausted", "budget-empty", "abandoned");
                hasSeveralAttempts();
            }
            case "fallback" -> {
                fallbacks.register("failure", "timeout", "refused", "result");
                counter(ResilienceMeters.FALLBACK_FAILURES);
            }
            default -> {
                // nothing that others have not
            }
        }
    }

    /** Counts for resilience4j's names, too. */
    void countFor(PeerCounters others) {
        peers = others;
    }

    void hasSeveralAttempts() {
        if (attemptsPerCall == null) {
            attemptsPerCall = DistributionSummary.builder(ResilienceMeters.ATTEMPTS_PER_CALL.meterName())
                    .description(ResilienceMeters.ATTEMPTS_PER_CALL.description())
                    .tags(ResilienceMeters.ATTEMPTS_PER_CALL.tags(name))
                    .serviceLevelObjectives(ATTEMPT_BOUNDS)
                    .register(registry);
        }
    }

    void attempted() {
        attempts.increment();
    }

    void completed(Outcome outcome, int attemptsMade, long elapsedNanos) {
        byOutcome[outcome.ordinal()].record(elapsedNanos, TimeUnit.NANOSECONDS);
        DistributionSummary summary = attemptsPerCall;
        if (summary != null && attemptsMade != 1) { // a summary costs more than a call, and nearly all take one
            summary.record(attemptsMade);
        }
        PeerCounters others = peers;
        if (others != null) {
            others.completed(outcome, attemptsMade);
        }
    }

    void waited(String policy, long nanos) {
        waits(policy).record(nanos, TimeUnit.NANOSECONDS);
    }

    void happened(PolicyEvent event) {
        switch (event.kind()) {
            case REFUSED -> refusals.increment(event.policy().policy());
            case RETRYING -> retries.increment("tried");
            case RETRIES_EXHAUSTED -> retries.increment("exhausted");
            case BUDGET_EMPTY -> retries.increment("budget-empty");
            case RETRY_ABANDONED -> retries.increment("abandoned");
            case FALLBACK_USED -> fallbacks.increment(reason(event.failure()));
            case FALLBACK_FAILED -> counter(ResilienceMeters.FALLBACK_FAILURES).increment();
            case TIMED_OUT -> timeouts.increment(timeoutKind(event.policy().policy()));
            case HEDGE_WON -> hedges.increment("won");
            case HEDGE_LOST -> hedges.increment("lost");
            default -> {
                // not a thing that is counted
            }
        }
    }

    private static String timeoutKind(String policy) {
        return policy.endsWith(".total") ? "total" : "attempt";
    }

    /** What a fallback stands in for: a result counts where the application said that it is none. */
    private static String reason(@Nullable Throwable failure) {
        if (failure == null) {
            return "result";
        }
        if (failure instanceof CallTimeoutException) {
            return "timeout";
        }
        return failure instanceof CallRejectedException ? "refused" : "failure";
    }

    private Timer waits(String policy) {
        Timer known = waits.get(policy);
        if (known == null) {
            known = timer(ResilienceMeters.WAITS, policy).register(registry);
            waits.put(policy, known);
        }
        return known;
    }

    private Timer.Builder timer(ResilienceMeters meter, String tag) {
        return Timer.builder(meter.meterName()).description(meter.description()).tags(meter.tags(name, tag));
    }

    private Counter counter(ResilienceMeters meter) {
        return Counter.builder(meter.meterName())
                .description(meter.description())
                .tags(meter.tags(name))
                .register(registry);
    }
}
