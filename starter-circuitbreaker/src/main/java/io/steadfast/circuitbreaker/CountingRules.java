package io.steadfast.circuitbreaker;

import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;

import io.steadfast.core.Call;
import io.steadfast.core.CallRejectedException;
import io.steadfast.core.Diagnosis;
import io.steadfast.core.FailureFilter;
import io.steadfast.core.SettingsCheck;
import org.jspecify.annotations.Nullable;

/**
 * What counts as a failure of the target. By default every {@link Throwable} does, {@link Error}s and timeouts too, and
 * every result is a success, unless an {@link io.steadfast.core.OutcomeReader} knows better.
 *
 * @param exceptions the exceptions that count, looked for down the cause chain (if there are any, others are successes), and
 *     those that count for nothing, which win
 * @param recordFailure names further failures that count; {@code null} for none
 * @param ignore names further failures that count for nothing; {@code null} for none
 * @param recordResult names results that count as failures, {@code null} results included; {@code null} for none
 */
public record CountingRules(
        FailureFilter exceptions,
        @Nullable Predicate<Throwable> recordFailure,
        @Nullable Predicate<Throwable> ignore,
        @Nullable Predicate<Object> recordResult) {

    /**
     * Refuses {@code null} lists.
     *
     * @param exceptions those that count, and those that do not
     * @param recordFailure further ones that count
     * @param ignore further ones that do not
     * @param recordResult results that count as failures
     */
    public CountingRules {
        Objects.requireNonNull(exceptions, "exceptions");
    }

    void check(SettingsCheck check) {
        for (Class<? extends Throwable> listed : exceptions.includes()) {
            check.that(
                    !exceptions.excludes().contains(listed),
                    "both name " + listed.getName() + ", which would never count",
                    "record-exceptions",
                    "ignore-exceptions");
        }
    }

    CountedAs ofFailure(Call call, Throwable failure) {
        Throwable real = unwrap(failure);
        if (isNobodysFault(real)) {
            return CountedAs.NOTHING;
        }
        if (exceptions.excludes(failure) || (ignore != null && ignore.test(real))) {
            return CountedAs.IGNORED;
        }
        if (exceptions.includes().isEmpty() && recordFailure == null) {
            Diagnosis diagnosis = call.diagnose(null, failure);
            return diagnosis == null ? CountedAs.FAILURE : of(diagnosis);
        }
        boolean counts =
                exceptions.concerns(failure, unlisted -> false) || (recordFailure != null && recordFailure.test(real));
        return counts ? CountedAs.FAILURE : CountedAs.SUCCESS;
    }

    @SuppressWarnings("NullAway") // the predicate is asked about null results too
    CountedAs ofResult(Call call, @Nullable Object result) {
        if (recordResult != null && recordResult.test(result)) {
            return CountedAs.FAILURE;
        }
        Diagnosis diagnosis = call.diagnose(result, null);
        return diagnosis == null ? CountedAs.SUCCESS : of(diagnosis);
    }

    private static CountedAs of(Diagnosis diagnosis) {
        return switch (diagnosis.kind()) {
            case SUCCESS, CALLERS_OWN -> CountedAs.SUCCESS;
            case THROTTLED -> CountedAs.IGNORED;
            case TRANSIENT, FAILURE -> CountedAs.FAILURE;
        };
    }

    /**
     * An interrupt is not in this list: drivers abandon calls whose caller was interrupted, so one that arrives here was
     * sent by a time limit of ours, and a timeout counts.
     */
    private boolean isNobodysFault(Throwable failure) {
        return (failure instanceof CallRejectedException && !exceptions.names(failure, CallRejectedException.class))
                || (failure instanceof CancellationException
                        && !exceptions.names(failure, CancellationException.class));
    }

    static Throwable unwrap(Throwable failure) {
        Throwable cause = FailureFilter.causeOf(failure);
        boolean wrapper = failure instanceof CompletionException || failure instanceof ExecutionException;
        return wrapper && cause != null ? cause : failure;
    }
}
