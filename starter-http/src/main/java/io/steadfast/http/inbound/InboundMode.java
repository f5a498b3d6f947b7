package io.steadfast.http.inbound;

/** What is made of the time that an inbound request says its caller will wait. */
public enum InboundMode {

    /** Nothing: neither deadline nor attempt header is read. */
    OFF,

    /**
     * The default. Time that is left becomes the request's deadline: calls made while it is served take no longer, and tell the next
     * service how much remains. Nothing is refused for coming too late: work that has expired on arrival is counted and served as if
     * it had come without the header, for under a deadline that is over every guarded call would be refused.
     */
    MEASURE,

    /** The same, but work that has expired on arrival is refused with 504 before the application sees it. */
    ENFORCE
}
