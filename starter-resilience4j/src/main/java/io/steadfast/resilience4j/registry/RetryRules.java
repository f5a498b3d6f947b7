package io.steadfast.resilience4j.registry;

import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

import io.github.resilience4j.core.IntervalBiFunction;
import io.github.resilience4j.core.functions.Either;
import io.steadfast.core.Call;
import io.steadfast.core.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code RetryConfigCustomizer} can say about a retry for which there are no settings of ours.
 *
 * @param retryable which failures to retry; {@code null} to leave that to the settings
 * @param interval how many milliseconds to wait; {@code null} to leave that to the settings
 * @param beforeRetry hears of each result that is retried, and of the attempt it came from; {@code null} if nobody does
 */
record RetryRules(
        @Nullable Predicate<Throwable> retryable,
        @Nullable IntervalBiFunction<Object> interval,
        @Nullable BiConsumer<Integer, Object> beforeRetry) {

    static final RetryRules NONE = new RetryRules(null, null, null);

    boolean forbids(@Nullable Throwable failure) {
        return retryable != null && failure != null && !retryable.test(failure);
    }

    /** The same verdict after the wait of the application's own choice. */
    @SuppressWarnings("NullAway") // an Either knows nothing of null, and may well hold it
    Verdict.Again adjust(Verdict.Again verdict, int attempt, @Nullable Object result, @Nullable Throwable failure) {
        if (beforeRetry != null && failure == null) {
            beforeRetry.accept(attempt, result);
        }
        if (interval == null) {
            return verdict;
        }
        Long millis = interval.apply(attempt, failure == null ? Either.right(result) : Either.left(failure));
        return new Verdict.Again(TimeUnit.MILLISECONDS.toNanos(Math.max(0, millis)));
    }

    /** Whether the verdict will come to nothing, because the call's time is up before. */
    static boolean comesTooLate(Verdict.Again verdict, Call call) {
        return verdict.delayNanos() >= call.remainingNanos();
    }
}
