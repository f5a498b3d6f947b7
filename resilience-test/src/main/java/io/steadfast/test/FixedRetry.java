package io.steadfast.test;

import java.time.Duration;

import io.steadfast.core.Call;
import io.steadfast.core.PolicyId;
import io.steadfast.core.Recovery;
import io.steadfast.core.Verdict;
import org.jspecify.annotations.Nullable;

/** The plainest retry: each failure but our refusals, once a second, up to a number of attempts. */
record FixedRetry(int maxAttempts) implements Recovery {

    static final Duration WAIT = Duration.ofSeconds(1);

    @Override
    public PolicyId id() {
        return new PolicyId("retry", "contract");
    }

    @Override
    public Verdict judge(Call call, int attempt, @Nullable Object result, @Nullable Throwable failure) {
        return failure != null && attempt < maxAttempts ? Verdict.again(WAIT.toNanos()) : Verdict.keep();
    }
}
