package io.steadfast.resilience4j.registry;

import java.util.concurrent.TimeUnit;

import io.github.resilience4j.retry.Retry.AsyncContext;
import io.steadfast.core.Call;
import io.steadfast.core.Verdict;
import org.jspecify.annotations.Nullable;

/** One run of an asynchronous function. Who runs it does the waiting. */
final class RetriedStage<T> implements AsyncContext<T> {

    private static final long ENOUGH = -1;

    private final ObservedRetry policy;

    private final Call call;

    private int attempt;

    RetriedStage(String name, ObservedRetry policy) {
        this.policy = policy;
        this.call = Call.of(name);
    }

    /** Counted already, when the result was judged. */
    @Override
    public void onComplete() {}

    @Override
    public long onError(Throwable failure) {
        return delayMillis(null, failure);
    }

    @Override
    public long onResult(T result) {
        return delayMillis(result, null);
    }

    private long delayMillis(@Nullable Object result, @Nullable Throwable failure) {
        Verdict verdict = policy.judge(call, ++attempt, result, failure);
        return verdict instanceof Verdict.Again again ? TimeUnit.NANOSECONDS.toMillis(again.delayNanos()) : ENOUGH;
    }
}
