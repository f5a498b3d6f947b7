package io.steadfast.test;

import java.time.Duration;

import io.steadfast.core.Call;
import io.steadfast.core.PolicyId;
import io.steadfast.core.Recovery;
import io.steadfast.core.Verdict;
import org.jspecify.annotations.Nullable;

/** The plainest retry: each failure, after the same wait each time, up to a number of attempts. */
record FixedRetry(int maxAttempts, Duration pause) implements Recovery {

    static final Duration WAIT = Duration.ofSeconds(1);

    FixedRetry(int maxAttempts) {
        this(maxAttempts, WAIT);
    }

    @Override
    public PolicyId id() {
        return new PolicyId("retry", "contract");
    }

    @Override
    public Verdict judge(Call call, int attempt, @Nullable Object result, @Nullable Throwable failure) {
        return failure != null && attempt < maxAttempts ? Verdict.again(pause.toNanos()) : Verdict.keep();
    }
}
