package io.steadfast.circuitbreaker;

/** What a breaker makes of the end of a call. */
public enum CountedAs {
    /** The target is well: it answered, or failed in a way that {@code record-exceptions} does not name. */
    SUCCESS,
    /** The target is not well. */
    FAILURE,
    /** A failure that says nothing about the target: {@code ignore-exceptions} names it, or the target asks to slow down. */
    IGNORED,
    /** The target was not reached, or nobody waited for it: a refusal of ours further inside, or a cancellation. */
    NOTHING
}
