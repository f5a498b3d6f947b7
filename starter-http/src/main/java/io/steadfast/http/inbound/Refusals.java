package io.steadfast.http.inbound;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import io.steadfast.core.BulkheadFullException;
import io.steadfast.core.Call;
import io.steadfast.core.CallRejectedException;
import io.steadfast.core.CallTimeoutException;
import io.steadfast.core.DeadlineExceededException;
import io.steadfast.core.Diagnosis;
import io.steadfast.core.OutcomeReader;
import io.steadfast.core.RateLimitedException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the status of what escapes a controller, so that a caller can tell trouble that passes from trouble that stays.
 *
 * <ul>
 *   <li>a rate limit: 429;
 *   <li>a full bulkhead, an open circuit, no instance left: 503;
 *   <li>a deadline or a limit that ran out: 504.
 * </ul>
 *
 * <p>The failure of a service below is the application's to explain, and stays what the server makes of it. There is one exception: if
 * the caller has said that the retries are made there, and the failure is one that another try may mend, it is 503 (unless the service below forbids another try); any other
 * status would tell that caller not to try again, and nobody would. Thread-safe.
 */
public final class Refusals {

    private static final String REQUEST = "inbound request";

    private final OutcomeReader reader;

    /**
     * What the failures of the application's clients mean.
     *
     * @param reader understands them
     */
    public Refusals(OutcomeReader reader) {
        this.reader = reader;
    }

    /**
     * What to answer to a failure.
     *
     * @param failure what escaped
     * @param retriedAbove whether the caller retries
     * @return empty if the failure is not ours to answer
     */
    public Optional<Refusal> of(Throwable failure, boolean retriedAbove) {
        Throwable bare = bare(failure);
        if (bare instanceof CallRejectedException rejected) {
            return Optional.of(of(rejected, rejected.retryAfter().orElse(null)));
        }
        if (bare instanceof CallTimeoutException) {
            return Optional.of(Refusal.gatewayTimeout("A service behind this one did not answer in time.", null));
        }
        return retriedAbove ? passing(bare) : Optional.empty();
    }

    private static Refusal of(CallRejectedException rejected, @Nullable Duration retryAfter) {
        if (rejected instanceof RateLimitedException) {
            return Refusal.tooManyRequests(retryAfter);
        }
        if (rejected instanceof DeadlineExceededException) {
            return Refusal.gatewayTimeout("Too little time was left to answer this request.", retryAfter);
        }
        return rejected instanceof BulkheadFullException
                ? Refusal.unavailable("Too much is being done at this time.", retryAfter)
                : Refusal.unavailable("A service behind this one is not available at this time.", retryAfter);
    }

    private Optional<Refusal> passing(Throwable failure) {
        Diagnosis diagnosis = reader.ofFailure(Call.of(REQUEST), failure);
        return diagnosis != null && diagnosis.isWorthAnotherTry() && diagnosis.whyNotAgain() == null
                ? Optional.of(Refusal.unavailable(
                        "A service behind this one failed; another try may succeed.", diagnosis.retryAfter()))
                : Optional.empty();
    }

    /** What asynchronous code threw, without the wrapping it comes in. */
    private static Throwable bare(Throwable failure) {
        Throwable bare = failure;
        while ((bare instanceof CompletionException || bare instanceof ExecutionException) && bare.getCause() != null) {
            bare = bare.getCause();
        }
        return bare;
    }
}
