package io.steadfast.bulkhead;

import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

import io.steadfast.core.Call;
import io.steadfast.core.CallRejectedException;
import io.steadfast.core.CallTimeoutException;
import io.steadfast.core.FailureFilter;
import io.steadfast.core.RetryAfter;

/** Which failures say that the target has more to do than it can. */
final class Drops {

    /** Longer cause chains than this are taken to be cyclic. */
    private static final int MOST_CAUSES = 16;

    private Drops() {}

    /**
     * A timeout, or a refusal by the target: the failure itself, or one of its causes. A refusal of this very call, by a gate
     * further inside, kept it from the target and says nothing about that.
     */
    static boolean isDrop(Call call, Throwable failure) {
        if (failure instanceof CallRejectedException refusal
                && refusal.callName().equals(call.name())) {
            return false;
        }
        Throwable link = failure;
        for (int depth = 0; link != null && depth < MOST_CAUSES; depth++) {
            if (isTimeout(link) || isRefusal(link)) {
                return true;
            }
            link = FailureFilter.causeOf(link);
        }
        return call.remainingNanos() <= 0; // a call that fails after its limit has failed because of it
    }

    /** Drivers abandon a call whose caller was interrupted, so an interrupt that arrives here is that of a limit of ours. */
    private static boolean isTimeout(Throwable failure) {
        return failure instanceof CallTimeoutException
                || failure instanceof TimeoutException
                || failure instanceof InterruptedException
                || failure instanceof InterruptedIOException // java.net.SocketTimeoutException too
                || failure instanceof ClosedByInterruptException;
    }

    /** Refusals of ours, those of a full executor, and answers that say when to come back. */
    private static boolean isRefusal(Throwable failure) {
        return failure instanceof RejectedExecutionException || failure instanceof RetryAfter;
    }
}
