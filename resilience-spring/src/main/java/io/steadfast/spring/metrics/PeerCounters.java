package io.steadfast.spring.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.steadfast.core.Outcome;
import io.steadfast.spring.GuardedCall;
import io.steadfast.spring.GuardedPolicy;
import org.jspecify.annotations.Nullable;

/** What resilience4j counts of a call with a retry or a timeout, by its names. Cancelled and ignored calls count for nothing. Thread-safe. */
final class PeerCounters {

    private final @Nullable Retried retried;

    private final @Nullable Limited limited;

    private PeerCounters(@Nullable Retried retried, @Nullable Limited limited) {
        this.retried = retried;
        this.limited = limited;
    }

    /** Registers, at zero, the counters of the retry and the timeout of a call; those of the same name are one. */
    static PeerCounters of(GuardedCall call, MeterRegistry registry) {
        Retried retried = null;
        Limited limited = null;
        for (GuardedPolicy policy : call.pipeline()) {
            String instance = policy.id().instance();
            switch (policy.id().policy()) {
                case "retry" -> retried = new Retried(registry, instance);
                case "timeout", "timeout.total" -> limited = new Limited(registry, instance);
                default -> {
                    // a gauge, or nothing
                }
            }
        }
        return new PeerCounters(retried, limited);
    }

    void completed(Outcome outcome, int attempts) {
        if (outcome == Outcome.CANCELLED || outcome == Outcome.IGNORED) {
            return;
        }
        if (retried != null) {
            retried.completed(outcome == Outcome.SUCCESS, attempts > 1);
        }
        if (limited != null) {
            limited.completed(outcome);
        }
    }

    private static Counter counter(MeterRegistry registry, Resilience4jMeters meter, String instance, String kind) {
        return Counter.builder(meter.meterName())
                .description(meter.description())
                .tags(meter.tags(instance, kind))
                .register(registry);
    }

    private record Retried(Counter atOnce, Counter later, Counter failedAtOnce, Counter failed) {

        Retried(MeterRegistry registry, String instance) {
            this(
                    counter(registry, Resilience4jMeters.RETRY_CALLS, instance, "successful_without_retry"),
                    counter(registry, Resilience4jMeters.RETRY_CALLS, instance, "successful_with_retry"),
                    counter(registry, Resilience4jMeters.RETRY_CALLS, instance, "failed_without_retry"),
                    counter(registry, Resilience4jMeters.RETRY_CALLS, instance, "failed_with_retry"));
        }

        void completed(boolean success, boolean retried) {
            if (success) {
                (retried ? later : atOnce).increment();
            } else {
                (retried ? failed : failedAtOnce).increment();
            }
        }
    }

    private record Limited(Counter successful, Counter failed, Counter timedOut) {

        Limited(MeterRegistry registry, String instance) {
            this(
                    counter(registry, Resilience4jMeters.TIME_LIMITER_CALLS, instance, "successful"),
                    counter(registry, Resilience4jMeters.TIME_LIMITER_CALLS, instance, "failed"),
                    counter(registry, Resilience4jMeters.TIME_LIMITER_CALLS, instance, "timeout"));
        }

        void completed(Outcome outcome) {
            (outcome == Outcome.SUCCESS ? successful : outcome == Outcome.TIMEOUT ? timedOut : failed).increment();
        }
    }
}
