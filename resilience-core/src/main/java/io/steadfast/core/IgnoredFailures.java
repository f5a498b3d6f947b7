package io.steadfast.core;

import java.util.function.Supplier;

/**
 * The failures that some policy of a call has been told to ignore: a trait of the call, by which a fallback knows that they are
 * nobody's fault. Thread-safe.
 */
public final class IgnoredFailures {

    private final Supplier<FailureFilter> filter;

    /**
     * Failures that are known when the first call fails.
     *
     * @param filter whose {@link FailureFilter#excludes()} are ignored; asked with each failure
     */
    public IgnoredFailures(Supplier<FailureFilter> filter) {
        this.filter = filter;
    }

    /**
     * Whether a failure, or one of its causes, is ignored by a policy of the call.
     *
     * @param failure the failure
     * @return whether it is
     */
    public boolean contain(Throwable failure) {
        return filter.get().excludes(failure);
    }
}
