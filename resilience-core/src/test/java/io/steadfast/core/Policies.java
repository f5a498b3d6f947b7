package io.steadfast.core;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** The plainest policies of each shape. */
final class Policies {

    private Policies() {}

    static Retry retry(int maxAttempts) {
        return new Retry(maxAttempts, 1_000_000_000, failure -> true);
    }

    static Fallback fallback(Callable<?> replacement) {
        return new Fallback(replacement);
    }

    static Limit limit(String instance, Duration length) {
        return new Limit(instance, length.toNanos());
    }

    record Retry(int maxAttempts, long delayNanos, Predicate<Throwable> failures) implements Recovery {

        @Override
        public PolicyId id() {
            return new PolicyId("retry", "test");
        }

        @Override
        public Verdict judge(Call call, int attempt, Object result, Throwable failure) {
            boolean again = failure != null && attempt < maxAttempts && failures.test(failure);
            return again ? Verdict.again(delayNanos) : Verdict.keep();
        }
    }

    record Fallback(Callable<?> replacement) implements Recovery {

        @Override
        public PolicyId id() {
            return new PolicyId("fallback", "test");
        }

        @Override
        public Verdict judge(Call call, int attempt, Object result, Throwable failure) {
            return failure == null ? Verdict.keep() : Verdict.instead(replacement);
        }
    }

    record Limit(String instance, long nanos) implements TimeLimit {

        @Override
        public PolicyId id() {
            return new PolicyId("timeout", instance);
        }

        @Override
        public long limitNanos(Call call) {
            return nanos;
        }
    }
}
