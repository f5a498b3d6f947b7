package io.steadfast.resilience4j.registry;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import io.github.resilience4j.retry.Retry.Metrics;
import io.github.resilience4j.retry.event.RetryOnErrorEvent;
import io.github.resilience4j.retry.event.RetryOnIgnoredErrorEvent;
import io.github.resilience4j.retry.event.RetryOnRetryEvent;
import io.github.resilience4j.retry.event.RetryOnSuccessEvent;
import org.jspecify.annotations.Nullable;

/** What became of the calls of a retry, in numbers and in events. Outlives the policies that take turns under its name. */
final class RetryRecord implements Metrics {

    private final String name;

    private final RetryEvents events;

    private final LongAdder succeeded = new LongAdder();

    private final LongAdder succeededAfterRetry = new LongAdder();

    private final LongAdder failed = new LongAdder();

    private final LongAdder failedAfterRetry = new LongAdder();

    private final LongAdder retries = new LongAdder();

    RetryRecord(String name) {
        this.name = name;
        this.events = new RetryEvents(name);
    }

    RetryEvents events() {
        return events;
    }

    void succeeded(int attempt) {
        if (attempt == 1) {
            succeeded.increment();
        } else {
            succeededAfterRetry.increment();
            events.tell(() -> new RetryOnSuccessEvent(name, attempt - 1, null));
        }
    }

    void retrying(int attempt, long delayNanos, @Nullable Throwable failure) {
        retries.increment();
        events.tell(() -> new RetryOnRetryEvent(name, attempt, failure, TimeUnit.NANOSECONDS.toMillis(delayNanos)));
    }

    /** Where no retry was made and one more would have been allowed, the failure was not one to retry. */
    void failed(int attempt, int maxAttempts, @Nullable Throwable failure) {
        if (attempt > 1 || attempt >= maxAttempts) {
            failedAfterRetry.increment();
            events.tell(() -> new RetryOnErrorEvent(name, attempt, failure));
        } else {
            failed.increment();
            events.tell(() -> new RetryOnIgnoredErrorEvent(name, failure));
        }
    }

    @Override
    public long getNumberOfSuccessfulCallsWithoutRetryAttempt() {
        return succeeded.sum();
    }

    @Override
    public long getNumberOfFailedCallsWithoutRetryAttempt() {
        return failed.sum();
    }

    @Override
    public long getNumberOfSuccessfulCallsWithRetryAttempt() {
        return succeededAfterRetry.sum();
    }

    @Override
    public long getNumberOfFailedCallsWithRetryAttempt() {
        return failedAfterRetry.sum();
    }

    /** Attempts and not calls, whatever the name says: so it is with resilience4j. */
    @Override
    public long getNumberOfTotalCalls() {
        return succeeded.sum() + succeededAfterRetry.sum() + failed.sum() + failedAfterRetry.sum() + retries.sum();
    }
}
