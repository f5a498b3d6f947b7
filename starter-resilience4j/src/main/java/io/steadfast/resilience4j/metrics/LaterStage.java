package io.steadfast.resilience4j.metrics;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import io.github.resilience4j.micrometer.Timer;

/** Stages: timed until they complete. */
public final class LaterStage implements LaterResult {

    /** Knows nothing of any. */
    public LaterStage() {}

    @Override
    public boolean concerns(Object returned) {
        return returned instanceof CompletionStage<?>;
    }

    @Override
    public Object timed(Object returned, Timer timer, Timer.Context started) {
        return ((CompletionStage<?>) returned).whenComplete((result, failure) -> {
            if (failure == null) {
                started.onSuccess();
            } else {
                started.onFailure(
                        failure instanceof CompletionException && failure.getCause() != null
                                ? failure.getCause()
                                : failure);
            }
        });
    }
}
