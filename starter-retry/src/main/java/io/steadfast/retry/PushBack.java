package io.steadfast.retry;

import java.time.Duration;
import java.util.Optional;

import io.steadfast.core.Durations;
import io.steadfast.core.FailureFilter;
import io.steadfast.core.RetryAfter;
import org.jspecify.annotations.Nullable;

/** What a target, by its result or its failure, says about when to come back. */
final class PushBack {

    static final long NONE = -1;

    /** Longer cause chains than this are taken to be cyclic. */
    private static final int MAX_CAUSES = 64;

    private PushBack() {}

    /** The wait asked for, in nanoseconds, or {@link #NONE}. */
    static long nanos(@Nullable Object result, @Nullable Throwable failure) {
        if (failure == null) {
            return asked(result);
        }
        Throwable link = failure;
        for (int depth = 0; link != null && depth < MAX_CAUSES; depth++) {
            long asked = asked(link);
            if (asked != NONE) {
                return asked;
            }
            link = FailureFilter.causeOf(link);
        }
        return NONE;
    }

    private static long asked(@Nullable Object candidate) {
        if (!(candidate instanceof RetryAfter polite)) {
            return NONE;
        }
        Optional<Duration> wait = polite.retryAfter();
        return wait.isEmpty() ? NONE : Math.max(0, Durations.nanos(wait.get()));
    }
}
