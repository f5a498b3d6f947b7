package io.steadfast.http.inbound;

/** Counts work that came to nothing because its caller no longer waited. Thread-safe. */
@FunctionalInterface
public interface ExpiryCounter {

    /** Counts nothing. */
    ExpiryCounter NONE = expiry -> {};

    /**
     * One request more.
     *
     * @param expiry what became of it
     */
    void count(Expiry expiry);
}
