package io.steadfast.resilience4j.registry;

import io.github.resilience4j.retry.Retry.Context;
import io.steadfast.core.Call;
import io.steadfast.core.Verdict;
import io.steadfast.core.time.Timer;
import org.jspecify.annotations.Nullable;

/** One run of a plain function that code has decorated. Waits on the caller's thread. */
final class RetriedFunction<T> implements Context<T> {

    private final ObservedRetry policy;

    private final Timer timer;

    private final Call call;

    private int attempt;

    RetriedFunction(String name, ObservedRetry policy, Timer timer) {
        this.policy = policy;
        this.timer = timer;
        this.call = Call.of(name);
    }

    /** Counted already, when the result was judged. */
    @Override
    public void onComplete() {}

    @Override
    public boolean onResult(T result) {
        return isToBeRepeated(result, null);
    }

    @Override
    public void onError(Exception failure) throws Exception {
        if (!isToBeRepeated(null, failure)) {
            throw failure;
        }
    }

    @Override
    public void onRuntimeError(RuntimeException failure) {
        if (!isToBeRepeated(null, failure)) {
            throw failure;
        }
    }

    private boolean isToBeRepeated(@Nullable Object result, @Nullable Throwable failure) {
        Verdict verdict = policy.judge(call, ++attempt, result, failure);
        if (!(verdict instanceof Verdict.Again again)) {
            return false;
        }
        try {
            timer.sleep(again.delayNanos());
            return true;
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
