package io.steadfast.http.inbound;

/** What became of a request whose caller no longer waited for the answer. */
public enum Expiry {

    /** It had expired when it came, and was refused. */
    REFUSED,

    /** It had expired when it came, and was served all the same. */
    SERVED,

    /** Its time ran out while it was served. */
    LATE
}
