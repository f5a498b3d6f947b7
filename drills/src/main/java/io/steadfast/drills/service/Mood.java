package io.steadfast.drills.service;

/** How an instance answers. Its health check says it is well in any case: what fails is what it is for. */
public enum Mood {

    /** After a few milliseconds. */
    WELL,

    /** 500 to everything. */
    ERRS,

    /** After a fraction of the caller's time limit: late, but not too late. */
    SLOW
}
