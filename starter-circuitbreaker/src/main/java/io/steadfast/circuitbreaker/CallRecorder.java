package io.steadfast.circuitbreaker;

/** Hears of every single call that a breaker counts or refuses, to feed meters. Thread-safe, quick, and creates nothing. */
public interface CallRecorder {

    /**
     * A call ended.
     *
     * @param as what the breaker made of it; never {@link CountedAs#NOTHING}
     * @param elapsedNanos how long it took, in nanoseconds
     */
    void ended(CountedAs as, long elapsedNanos);

    /** A call was refused. */
    void refused();

    /**
     * Two as one.
     *
     * @param other who hears after this one
     * @return both
     */
    default CallRecorder and(CallRecorder other) {
        CallRecorder first = this;
        return new CallRecorder() {
            @Override
            public void ended(CountedAs as, long elapsedNanos) {
                first.ended(as, elapsedNanos);
                other.ended(as, elapsedNanos);
            }

            @Override
            public void refused() {
                first.refused();
                other.refused();
            }
        };
    }
}
