package io.steadfast.spring.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.steadfast.core.Outcome;

/** The meters of one call, looked up once, so that to record allocates nothing. */
final class CallMeters {

    private final MeterRegistry registry;

    private final String name;

    private final Timer[] byOutcome;

    private final Counter attempts;

    private final Counter fallbacks;

    private final Map<String, Counter> refusals = new ConcurrentHashMap<>();

    /** Registers the meters, at zero. */
    CallMeters(MeterRegistry registry, String name) {
        this.registry = registry;
        this.name = name;
        Outcome[] outcomes = Outcome.values();
        this.byOutcome = new Timer[outcomes.length];
        for (Outcome outcome : outcomes) {
            byOutcome[outcome.ordinal()] = timer(outcome);
        }
        this.attempts = counter(ResilienceMeters.ATTEMPTS, name);
        this.fallbacks = counter(ResilienceMeters.FALLBACKS, name);
    }

    void completed(Outcome outcome, long elapsedNanos) {
        byOutcome[outcome.ordinal()].record(elapsedNanos, TimeUnit.NANOSECONDS);
    }

    void attempted() {
        attempts.increment();
    }

    void fellBack() {
        fallbacks.increment();
    }

    void refused(String policy) {
        refusals(policy).increment();
    }

    /** The counter of one policy's refusals; registered, at zero, if it is new. */
    Counter refusals(String policy) {
        Counter known = refusals.get(policy);
        if (known == null) {
            known = counter(ResilienceMeters.REFUSALS, name, policy);
            refusals.put(policy, known);
        }
        return known;
    }

    void hedged(boolean won) {
        hedges(won).increment();
    }

    /** Registers, at zero, what only calls with a hedge have. */
    void hedges() {
        hedges(true);
        hedges(false);
    }

    private Counter hedges(boolean won) {
        return counter(ResilienceMeters.HEDGES, name, won ? "won" : "lost");
    }

    private Timer timer(Outcome outcome) {
        return Timer.builder(ResilienceMeters.CALLS.meterName())
                .description(ResilienceMeters.CALLS.description())
                .tags(ResilienceMeters.CALLS.tags(name, outcome.tag()))
                .register(registry);
    }

    private Counter counter(ResilienceMeters meter, String... tags) {
        return Counter.builder(meter.meterName())
                .description(meter.description())
                .tags(meter.tags(tags))
                .register(registry);
    }
}
