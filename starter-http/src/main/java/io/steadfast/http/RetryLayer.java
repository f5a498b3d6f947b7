package io.steadfast.http;

import java.util.Objects;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

/**
 * Whether the caller of the inbound request that a thread serves retries it by itself. If so, a failure below is handed up to that
 * caller instead of being retried here too: three layers with three attempts each would otherwise make 27.
 *
 * <p>Bound to the thread, as the deadline is; where a Reactor {@code Context} is what travels, {@link Boolean#TRUE} lies in it under
 * {@link #CONTEXT_KEY}.
 */
public final class RetryLayer {

    /**
     * The key in a Reactor {@code Context}, and the one by which Micrometer's context propagation knows the thread's mark. The value is
     * a {@link Boolean}.
     */
    public static final String CONTEXT_KEY = "io.steadfast.http.retried-above";

    private static final ThreadLocal<Boolean> RETRIED_ABOVE = new ThreadLocal<>();

    private RetryLayer() {}

    /**
     * Whether retries of what the calling thread does are made by the caller of this service.
     *
     * @return {@code false} if the thread serves no request, or one whose caller did not say so
     */
    public static boolean isRetriedAbove() {
        return RETRIED_ABOVE.get() != null;
    }

    /**
     * Runs something that the caller of this service retries if it fails.
     *
     * @param body what to run
     * @param <T> what it answers
     * @return its answer
     * @throws Exception what the body throws
     */
    public static <T extends @Nullable Object> T callRetriedAbove(Callable<T> body) throws Exception {
        Objects.requireNonNull(body, "body");
        boolean before = restore(true);
        try {
            return body.call();
        } finally {
            restore(before);
        }
    }

    /**
     * Sets or takes away the calling thread's mark. For libraries that carry a context from thread to thread, and put back what they
     * found; others use {@link #callRetriedAbove}.
     *
     * @param retriedAbove whether retries are made above
     * @return what held before
     */
    public static boolean restore(boolean retriedAbove) {
        boolean before = isRetriedAbove();
        if (retriedAbove) {
            RETRIED_ABOVE.set(Boolean.TRUE);
        } else if (before) {
            RETRIED_ABOVE.remove();
        }
        return before;
    }
}
