package io.steadfast.spring.toys;

import java.util.Map;

import io.steadfast.core.Call;
import io.steadfast.core.CallRejectedException;
import io.steadfast.core.PolicyId;
import io.steadfast.core.Recovery;
import io.steadfast.core.Verdict;

/** Retries at once, and has a balance that a test sets. */
public final class ToyRetryPolicy implements Recovery {

    private final PolicyId id;

    private final int maxAttempts;

    private volatile long balance = 7;

    public ToyRetryPolicy(String instance, int maxAttempts) {
        this.id = new PolicyId("retry", instance);
        this.maxAttempts = maxAttempts;
    }

    public ToyRetryPolicy balance(long left) {
        balance = left;
        return this;
    }

    @Override
    public PolicyId id() {
        return id;
    }

    @Override
    public Verdict judge(Call call, int attempt, Object result, Throwable failure) {
        boolean again = failure != null && attempt < maxAttempts && !(failure instanceof CallRejectedException);
        return again ? Verdict.again(0) : Verdict.keep();
    }

    @Override
    public Map<String, Object> snapshot() {
        return balance < 0 ? Map.of() : Map.of("budget-balance", balance);
    }
}
