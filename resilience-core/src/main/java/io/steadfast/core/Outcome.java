package io.steadfast.core;

import java.util.Locale;

/** How a call ended, as its caller saw it. */
public enum Outcome {
    /** The target answered. */
    SUCCESS,
    /** The target failed and the caller got the failure. */
    FAILURE,
    /** A limit of ours ran out while the target ran. */
    TIMEOUT,
    /** A policy of ours refused the call. */
    REFUSED,
    /** A fallback answered. */
    FALLBACK,
    /** The caller cancelled, or was interrupted. */
    CANCELLED,
    /** A failure that the call ignores as a whole: the caller's own business. */
    IGNORED;

    private final String tag = name().toLowerCase(Locale.ROOT);

    /**
     * The value of the {@code outcome} tag of meters.
     *
     * @return the name in lower case
     */
    public String tag() {
        return tag;
    }
}
