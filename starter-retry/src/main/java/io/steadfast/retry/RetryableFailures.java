package io.steadfast.retry;

import java.util.concurrent.CancellationException;

import io.steadfast.core.CallRejectedException;
import io.steadfast.core.Diagnosis;
import io.steadfast.core.FailureFilter;
import org.jspecify.annotations.Nullable;

/** Which failures are worth another attempt, and which are nobody's business. */
final class RetryableFailures {

    private final FailureFilter filter;

    private final boolean everythingListed;

    RetryableFailures(FailureFilter filter) {
        this.filter = filter;
        this.everythingListed = filter.includes().contains(Throwable.class);
    }

    /** Errors and refusals must be listed knowingly; what ends the call or the JVM is never retried. */
    boolean contains(Throwable failure, @Nullable Diagnosis diagnosis) {
        if (endsTheCall(failure) || failure instanceof VirtualMachineError) {
            return false;
        }
        if (failure instanceof CallRejectedException) {
            return filter.names(failure, CallRejectedException.class) && !filter.excludes(failure);
        }
        if (failure instanceof Error) {
            return (everythingListed || filter.names(failure, Error.class)) && !filter.excludes(failure);
        }
        return filter.concerns(
                failure, other -> diagnosis == null ? other instanceof Exception : diagnosis.isWorthAnotherTry());
    }

    /** Whether an outcome counts in the budget: refused calls did not reach the target, cancelled ones say nothing of it. */
    static boolean counts(@Nullable Throwable failure) {
        return failure == null || !(failure instanceof CallRejectedException || endsTheCall(failure));
    }

    private static boolean endsTheCall(Throwable failure) {
        return failure instanceof InterruptedException || failure instanceof CancellationException;
    }
}
