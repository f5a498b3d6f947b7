package io.steadfast.ratelimiter;

/** Who counts together. */
public enum Scope {

    /** Each process has the whole limit for itself. */
    LOCAL,

    /** All processes together have one limit, kept in a store they share. */
    SHARED
}
