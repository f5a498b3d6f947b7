package io.steadfast.core;

/** What is true of a call so far, a bit each, beside the number of attempts: an object per call must be small. */
final class Marks {

    static final int CLOCK_READ = 1;

    static final int SUBSTITUTED = 2;

    static final int REPEATED = 4;

    static final int EMITTING = 8;

    static final int BOUNDED = 16;

    static final int LIMITED = 32;

    static final int SEPARATE = 64;

    static final int COPY = 128;

    static final int ATTEMPT_SHIFT = 8;

    static final int ATTEMPT = 1 << ATTEMPT_SHIFT;

    private Marks() {}
}
