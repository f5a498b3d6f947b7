package io.steadfast.resilience4j.registry;

import java.util.Map;

import io.steadfast.core.Call;
import io.steadfast.core.PolicyId;
import io.steadfast.core.Recovery;
import io.steadfast.core.Verdict;
import io.steadfast.retry.RetryPolicy;
import org.jspecify.annotations.Nullable;

/** A retry whose verdicts are counted and told as resilience4j counts and tells them. */
final class ObservedRetry implements Recovery {

    private final RetryPolicy policy;

    private final RetryRules rules;

    private final RetryRecord record;

    ObservedRetry(RetryPolicy policy, RetryRules rules, RetryRecord record) {
        this.policy = policy;
        this.rules = rules;
        this.record = record;
    }

    RetryPolicy policy() {
        return policy;
    }

    @Override
    public PolicyId id() {
        return policy.id();
    }

    @Override
    public Verdict judge(Call call, int attempt, @Nullable Object result, @Nullable Throwable failure) {
        if (rules.forbids(failure)) {
            record.failed(attempt, policy.config().maxAttempts(), failure);
            return Verdict.keep();
        }
        Verdict verdict = policy.judge(call, attempt, result, failure);
        if (verdict instanceof Verdict.Again again) {
            Verdict.Again adjusted = rules.adjust(again, attempt, result, failure);
            if (RetryRules.comesTooLate(adjusted, call)) {
                record.failed(attempt, policy.config().maxAttempts(), failure);
            } else {
                record.retrying(attempt, adjusted.delayNanos(), failure);
            }
            return adjusted;
        }
        if (failure != null || isUsedUp(attempt, result)) {
            record.failed(attempt, policy.config().maxAttempts(), failure);
        } else {
            record.succeeded(attempt);
        }
        return verdict;
    }

    /** A result that would have been retried, had there been attempts left. */
    private boolean isUsedUp(int attempt, @Nullable Object result) {
        var wrong = policy.config().resultPredicate();
        return wrong != null && attempt >= policy.config().maxAttempts() && wrong.test(result);
    }

    @Override
    public boolean timed() {
        return policy.timed();
    }

    @Override
    public boolean afterFirstElement() {
        return policy.afterFirstElement();
    }

    @Override
    public Map<String, Object> snapshot() {
        return policy.snapshot();
    }
}
