package io.steadfast.reactor;

import java.time.Duration;
import java.util.concurrent.Callable;

import io.steadfast.core.Call;
import io.steadfast.core.PolicyId;
import io.steadfast.core.Recovery;
import io.steadfast.core.TimeLimit;
import io.steadfast.core.Verdict;

/** The plainest policies of each shape. */
final class Policies {

    private Policies() {}

    record Retry(int maxAttempts, boolean afterFirstElement) implements Recovery {

        Retry(int maxAttempts) {
            this(maxAttempts, false);
        }

        @Override
        public PolicyId id() {
            return new PolicyId("retry", "test");
        }

        @Override
        public Verdict judge(Call call, int attempt, Object result, Throwable failure) {
            return failure != null && attempt < maxAttempts ? Verdict.again(0) : Verdict.keep();
        }
    }

    /** Never gives up, and waits before each attempt. */
    record SlowRetry(long delayNanos) implements Recovery {

        @Override
        public PolicyId id() {
            return new PolicyId("retry", "slow");
        }

        @Override
        public Verdict judge(Call call, int attempt, Object result, Throwable failure) {
            return failure == null ? Verdict.keep() : Verdict.again(delayNanos);
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

    record Limit() implements TimeLimit {

        static final long NANOS = Duration.ofSeconds(1).toNanos();

        @Override
        public PolicyId id() {
            return new PolicyId("timeout", "test");
        }

        @Override
        public long limitNanos(Call call) {
            return NANOS;
        }
    }
}
