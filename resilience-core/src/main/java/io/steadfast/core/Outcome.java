package io.steadfast.core;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

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
    /** A failure that the call ignores as a whole, or that is no fault of the target: the caller's own business. */
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

    static Outcome of(Call call, @Nullable Throwable failure, boolean cancelled) {
        if (failure == null) {
            return call.isSubstituted() ? FALLBACK : SUCCESS;
        }
        if (cancelled || (Interrupts.isOfCaller(failure) && !CallThread.limitReached())) {
            return call.hasEmitted() ? SUCCESS : CANCELLED; // who got elements and has enough was served
        }
        if (failure instanceof CallRejectedException) {
            return REFUSED;
        }
        if (failure instanceof CallTimeoutException) {
            return TIMEOUT;
        }
        return call.ignores(failure) || isCallersOwn(call, failure) ? IGNORED : FAILURE;
    }

    private static boolean isCallersOwn(Call call, Throwable failure) {
        Diagnosis diagnosis = call.diagnose(null, failure);
        return diagnosis != null && diagnosis.kind() == Diagnosis.Kind.CALLERS_OWN;
    }
}
