package io.steadfast.circuitbreaker.autoconfigure;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.noop.NoopCounter;
import io.micrometer.core.instrument.noop.NoopTimer;
import io.steadfast.circuitbreaker.CallRecorder;
import io.steadfast.circuitbreaker.CircuitBreakerPolicy;
import io.steadfast.circuitbreaker.CountedAs;

/**
 * The sixteen meters that resilience4j's Micrometer module has for a breaker, with its names and tags, but fed without an
 * event object per call. A rate reads "not a number" while there are too few calls, where resilience4j says -1.
 */
final class BreakerMeters implements MeterBinder {

    private static final String PREFIX = "resilience4j.circuitbreaker.";

    private final BreakerPolicies policies;

    BreakerMeters(BreakerPolicies policies) {
        this.policies = policies;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        policies.watch(policy -> bind(policy, registry));
    }

    private static void bind(CircuitBreakerPolicy policy, MeterRegistry registry) {
        for (State state : State.values()) {
            gauge("state", policy, read -> read.state().equals(state.name()) ? 1 : 0)
                    .description("1 for the state the circuit breaker is in, 0 for all others")
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        gauge("buffered.calls", policy, read -> number(read, "failed-calls"))
                .description("Failed calls in the window")
                .tag("kind", "failed")
                .register(registry);
        gauge("buffered.calls", policy, read -> number(read, "buffered-calls") - number(read, "failed-calls"))
                .description("Successful calls in the window")
                .tag("kind", "successful")
                .register(registry);
        gauge("slow.calls", policy, read -> number(read, "slow-failed-calls"))
                .description("Slow calls in the window that failed")
                .tag("kind", "failed")
                .register(registry);
        gauge("slow.calls", policy, read -> number(read, "slow-calls") - number(read, "slow-failed-calls"))
                .description("Slow calls in the window that succeeded")
                .tag("kind", "successful")
                .register(registry);
        gauge("failure.rate", policy, read -> number(read, "failure-rate"))
                .description("Share of failed calls in percent")
                .register(registry);
        gauge("slow.call.rate", policy, read -> number(read, "slow-call-rate"))
                .description("Share of slow calls in percent")
                .register(registry);
        Recorder recorder = new Recorder(
                timer("successful", policy, registry),
                timer("failed", policy, registry),
                timer("ignored", policy, registry),
                Counter.builder(PREFIX + "not.permitted.calls")
                        .description("Refused calls")
                        .tag("name", policy.id().instance())
                        .tag("kind", "not_permitted")
                        .register(registry));
        if (recorder.isHeard()) {
            policy.recordTo(recorder);
        }
    }

    private static Gauge.Builder<CircuitBreakerPolicy> gauge(
            String name, CircuitBreakerPolicy policy, ToDoubleFunction<CircuitBreakerPolicy> reading) {
        return Gauge.builder(PREFIX + name, policy, reading)
                .tag("name", policy.id().instance())
                .strongReference(true); // a weakly held breaker would one day read "not a number"
    }

    private static Timer timer(String kind, CircuitBreakerPolicy policy, MeterRegistry registry) {
        return Timer.builder(PREFIX + "calls")
                .description("Calls, by what the circuit breaker made of them")
                .tag("name", policy.id().instance())
                .tag("kind", kind)
                .register(registry);
    }

    private static double number(CircuitBreakerPolicy policy, String key) {
        Map<String, Object> snapshot = policy.snapshot();
        return snapshot.get(key) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    /** Feeds what has no gauge. */
    private record Recorder(Timer successful, Timer failed, Timer ignored, Counter refusedCalls)
            implements CallRecorder {

        /** Nobody is, and no clock need be read, where a filter of the application denies these meters. */
        boolean isHeard() {
            return !(successful instanceof NoopTimer && failed instanceof NoopTimer && ignored instanceof NoopTimer)
                    || !(refusedCalls instanceof NoopCounter);
        }

        @Override
        public void ended(CountedAs as, long elapsedNanos) {
            switch (as) {
                case SUCCESS -> successful.record(elapsedNanos, TimeUnit.NANOSECONDS);
                case FAILURE -> failed.record(elapsedNanos, TimeUnit.NANOSECONDS);
                case IGNORED -> ignored.record(elapsedNanos, TimeUnit.NANOSECONDS);
                case NOTHING -> {}
            }
        }

        @Override
        public void refused() {
            refusedCalls.increment();
        }
    }
}
