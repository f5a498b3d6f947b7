package io.steadfast.ratelimiter;

/** What a {@linkplain Scope#SHARED shared} limit does while its store does not answer. */
public enum StoreDown {

    /** Each process keeps the limit by itself, as if its scope were {@link Scope#LOCAL}. */
    LOCAL,

    /** Every call is admitted. */
    OPEN,

    /** Every call is refused. */
    CLOSED
}
